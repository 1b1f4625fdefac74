package org.lungo.family.translation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ServeConfig;
import org.lungo.experiment.Bars;
import org.lungo.experiment.BeforeTrainingContract;
import org.lungo.experiment.FinishedRun;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.family.Families;
import org.lungo.family.labelling.training.LabellingConfig;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.translation.Translation;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.family.translation.Translator;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TranslationRunTest implements BeforeTrainingContract {
    private static final String[] SMALL = {
        "tokenizer.size=320",
        "model.encoder_layers=1",
        "model.decoder_layers=1",
        "model.hidden=32",
        "model.inner=64",
        "model.dropout=0",
        "model.context=40",
        "train.epochs=12",
        "train.batch_tokens=200",
        "train.learning_rate=0.01"
    };

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path run;
    private static Outcome<TranslationEvaluation> result;

    @BeforeAll
    static void train() throws IOException {
        run = shared.resolve("run");
        corpus(shared);
        result = experiment(shared).into(run, Listener.NONE);
    }

    @Test
    void readsOnlyMemoryThatWasWritten() throws IOException {
        try (Scope scope = Scope.open()) {
            Translator translator = Translator.load(run);
            List<String> texts = Files.readAllLines(shared.resolve("train.de")).subList(0, 5);
            DirtyMemory.givesTheSame(() -> translator.translateAll(texts, Translator.Settings.DEFAULTS));
        }
    }

    @Test
    void learnsASmallLanguage() throws IOException {
        assertThat(result.evaluation().bleu().score()).isGreaterThan(90);
        assertThat(result.evaluation().loss()).isLessThan(0.3);
        assertThat((double) result.remarks().figures().get("mfu")).isBetween(0.0, 1.5);
        assertThat(result.toText()).contains("BLEU", "tok:13a", "2 pairs of", "(line 3, 5)");
        assertThat(result.next()).hasSize(2);
        assertThat(result.next().get(0)).matches("echo '[\\p{L} ]+\\.' \\| lungo translate " + run);
        assertThat(result.next().get(1)).isEqualTo("lungo evaluate " + run);
        Manifest.verify(run);
        try (Scope scope = Scope.open()) {
            Translator translator = Translator.load(run);
            assertThat(translator
                            .translateAll(
                                    List.of("drei Hunde laufen im Schnee.", "", "ein Mann schläft im Schnee."),
                                    Translator.Settings.DEFAULTS)
                            .stream()
                            .map(Translator.Translation::text))
                    .containsExactly("three dogs run in the snow.", "", "a man sleeps in the snow.");
            assertThat(translator
                            .translate("zwei Katzen lachen im Schnee.", Translator.Settings.GREEDY)
                            .text())
                    .isEqualTo("two cats laugh in the snow.");
            assertThatThrownBy(() -> translator.translateAll(
                            List.of("ein Hund", "ein Mann ".repeat(40)), Translator.Settings.DEFAULTS, 7))
                    .hasMessageContaining("text 8 must have at most 40 tokens");
        }
    }

    @Test
    void keepsTheEpochThatTranslatesBest() throws IOException {
        corpus(folder);
        String[] sets = Arrays.copyOf(SMALL, SMALL.length + 2);
        sets[SMALL.length] = "train.early_stop.monitor=val_bleu";
        sets[SMALL.length + 1] = "train.epochs=6";
        List<EpochReport> history = TranslationStudy.run(
                        folder.resolve("train.de").toString(),
                        folder.resolve("train.en").toString(),
                        sets)
                .into(folder.resolve("bleu"), Listener.NONE)
                .state()
                .history();
        double best = -1;
        double loss = Double.NaN; // of the best epoch
        for (EpochReport epoch : history) {
            double bleu = epoch.value("val_bleu");
            assertThat(bleu).isBetween(0.0, 100.0);
            assertThat(epoch.best()).isEqualTo(bleu > best || bleu == best && epoch.valLoss() < loss);
            loss = epoch.best() ? epoch.valLoss() : loss;
            best = Math.max(best, bleu);
        }
        assertThat(best).isPositive();
        assertThat(result.state().history().get(0).metrics()).containsOnlyKeys("val_perplexity");
    }

    @Test
    void isJudgedAndMeasuredAsEveryFamilyIs() throws IOException {
        String[] sets = {"train.epochs=1", "evaluate.gates={bleu: '>=99.9', val_loss: '<99'}", "serve.queue=7"};
        Path judged = folder.resolve("judged");
        Outcome<TranslationEvaluation> brief = experiment(shared, sets).into(judged, Listener.NONE);
        assertThat(brief.failures())
                .singleElement()
                .satisfies(gate -> assertThat(gate.message()).startsWith("bleu must be >=99.9. Received: "));
        assertThat(brief.toText())
                .contains("gate not reached: bleu must be >=99.9.", "gate reached: val_loss must be <99.");
        assertThat(ServeConfig.load(judged.resolve("model")).queue()).isEqualTo(7);
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(judged.resolve("metrics.json")));
        assertThat(metrics.propertyNames())
                .startsWith("family", "task", "rows", "metrics", "baseline", "intervals", "gates")
                .contains("val_loss", "perplexity", "val_tokens", "bleu", "bleu_detail");
        assertThat(metrics.at("/family").asString()).isEqualTo("translation");
        assertThat(metrics.at("/metrics/bleu").asDouble())
                .isEqualTo(brief.evaluation().bleu().score())
                .isEqualTo(metrics.at("/bleu").asDouble());
        assertThat(metrics.at("/intervals").propertyNames()).containsExactly("bleu", "val_loss", "perplexity");
        for (String metric : List.of("bleu", "val_loss", "perplexity")) {
            assertThat(metrics.at("/metrics/" + metric).asDouble())
                    .isGreaterThan(metrics.at("/intervals/" + metric + "/0").asDouble())
                    .isLessThan(metrics.at("/intervals/" + metric + "/1").asDouble());
        }
        assertThat(metrics.at("/baseline").propertyNames()).containsExactly("bleu");
        assertThat(brief.toText()).contains("baseline, the texts as their own translations: bleu ");
        assertThat(metrics.at("/gates/val_loss/passed").asBoolean()).isTrue();
        assertThat(Files.readString(judged.resolve("report.html")))
                .contains("Gate not reached: bleu must be &gt;=99.9", "Translations and their references");
        TranslationEvaluation stored = TranslationEvaluation.stored(judged);
        assertThat(Bars.judge(judged, stored, stored.summary(), true).toJson())
                .isEqualTo(Files.readString(judged.resolve("metrics.json")).strip());
        assertThat(Bars.judge(run, result.evaluation(), result.evaluation().summary(), true)
                        .gates())
                .isEmpty();
        assertThatThrownBy(() -> experiment(shared, "evaluate.gates={blue: '>1'}"))
                .hasMessageContaining("gates must be for bleu, perplexity, val_loss. Received: blue");
    }

    @Test
    void refusesToMonitorWhatIsNotMeasured() {
        assertThatThrownBy(() -> TranslationStudy.run("a.de", "a.en", "train.early_stop.monitor=val_accuracy"))
                .hasMessageContaining("--set train.early_stop.monitor=val_accuracy: error E205: early_stop.monitor must"
                        + " be one of: val_loss, val_bleu, val_perplexity. Received: val_accuracy");
        assertThatThrownBy(
                        () -> LanguageConfig.read("gpt.yaml", "train:\n  early_stop: {monitor: val_bleu}\n", List.of()))
                .hasMessageContaining("gpt.yaml:2:16: error E205: early_stop.monitor must be one of: val_loss,"
                        + " val_perplexity. Received: val_bleu");
        assertThatThrownBy(() ->
                        LabellingConfig.FILE.read("ner.yaml", "train: {early_stop: {monitor: val_rmse}}", List.of()))
                .hasMessageContaining("val_loss, val_accuracy, val_f1, val_precision, val_recall. Received: val_rmse");
    }

    @Test
    void evaluatesOnOtherTexts() throws IOException {
        assertThat(TranslationEvaluation.stored(run)).isEqualTo(result.evaluation());
        Files.writeString(folder.resolve("a.de"), "drei Hunde laufen im Schnee.\nein Mann schläft im Schnee.\n");
        Files.writeString(folder.resolve("a.en"), "three dogs run in the snow.\na cat sleeps in the snow.\n");
        TranslationEvaluation other = TranslationEvaluation.on(
                run,
                new ParallelTexts(
                        folder.resolve("a.de").toString(),
                        null,
                        folder.resolve("a.en").toString(),
                        "utf-8"),
                Translator.Settings.GREEDY,
                null);
        assertThat(other.bleu().precisions().get(0)).isCloseTo(1300 / 14.0, within(1e-9));
        assertThat(other.pairs()).isEqualTo(2);
        assertThat(other.loss()).isGreaterThan(result.evaluation().loss());
    }

    @Test
    void goesOnBitForBit() throws IOException {
        Path cut = folder.resolve("cut");
        Listener stop = new Listener() {
            @Override
            public void epochStarted(int epoch, int batches, long rows) {
                if (epoch == 2) {
                    sleep(); // a checkpoint is written every two seconds
                } else if (epoch == 3) {
                    throw new IllegalStateException("cut off");
                }
            }
        };
        String[] sets = {"train.epochs=4", "model.dropout=0.2"};
        Outcome<TranslationEvaluation> whole = experiment(shared, sets).into(folder.resolve("whole"), Listener.NONE);
        assertThatThrownBy(() -> experiment(shared, sets).into(cut, stop)).hasMessage("cut off");
        int[] from = {0};
        Listener heard = new Listener() {
            @Override
            public void resumed(int epoch) {
                from[0] = epoch;
            }
        };
        Outcome<TranslationEvaluation> resumed = experiment(shared, sets).into(cut, heard);
        assertThat(from[0]).isEqualTo(2);
        assertThat(resumed.evaluation()).isEqualTo(whole.evaluation());
        assertThat(resumed.state().history().stream().map(EpochReport::loss))
                .isEqualTo(
                        whole.state().history().stream().map(EpochReport::loss).toList());
        assertThat(Files.readAllBytes(cut.resolve("model/model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/model/model.safetensors")));
        FinishedRun.canBeStartedAgain(experiment(shared, sets), cut);
    }

    @Test
    void validatesOnPairsThatAreNamed() throws IOException {
        Files.writeString(folder.resolve("v.de"), "drei Hunde laufen im Schnee.\nein Mann schläft im Schnee.\n");
        Files.writeString(folder.resolve("v.en"), "three dogs run in the snow.\na man sleeps in the snow.\n");
        Outcome<TranslationEvaluation> named = experiment(
                        shared,
                        "train.epochs=1",
                        "data.validation_path='" + folder.resolve("v.de") + "'",
                        "data.validation_to='" + folder.resolve("v.en") + "'")
                .into(folder.resolve("run"), Listener.NONE);
        assertThat(named.evaluation().pairs()).isEqualTo(2);
        assertThatThrownBy(() -> experiment(shared, "data.validation_path='" + folder.resolve("v.de") + "'")
                        .into(folder.resolve("other"), Listener.NONE))
                .hasMessageContaining("data.validation_to");
    }

    @Test
    void refusesWhatItCannotLearnFrom() throws IOException {
        Files.writeString(folder.resolve("train.de"), "\n");
        Files.writeString(folder.resolve("train.en"), "one\n");
        assertThatThrownBy(() -> experiment(folder).into(folder.resolve("run"), Listener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a text with a translation");
        Files.writeString(folder.resolve("train.de"), "eins\n");
        assertThatThrownBy(() -> experiment(folder).into(folder.resolve("run"), Listener.NONE))
                .hasMessageContaining("two pairs or more");
        assertThatThrownBy(() -> experiment(shared, "model.context=3").into(folder.resolve("run"), Listener.NONE))
                .hasMessageContaining("set a larger model.context");
        assertThatThrownBy(
                        () -> experiment(shared, "tokenizer.file=none.json").into(folder.resolve("run"), Listener.NONE))
                .hasMessageContaining("tokenizer.file");
        assertThatThrownBy(() -> experiment(shared, "train.more.recompute=true"))
                .hasMessageContaining("recompute");
        assertThatThrownBy(() -> experiment(shared, "data.validation_to=x")).hasMessageContaining("validation_path");
        assertThatThrownBy(() -> experiment(shared, "train.schedule={type: inverse_sqrt, warmup_epochs: 0}"))
                .hasMessageContaining("warmup_epochs");
    }

    @Test
    void refusesDamagedModels() throws IOException {
        assertThat(Families.of(run).name()).isEqualTo(Translation.NAME);
        assertThat(Families.of(folder).name()).isNotEqualTo(Translation.NAME);
        assertThatThrownBy(() -> TranslationBundle.load(folder)).hasMessageContaining("another folder");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(run.resolve("model").resolve(name), copy.resolve(name));
        }
        Path config = copy.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"inner\" : 64", "\"inner\" : 65"));
        Manifest.write(copy, java.util.Set.of());
        assertThatThrownBy(() -> load(copy))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("shape");
        Files.writeString(config, text.replace("\"inner\"", "\"outer\""));
        Manifest.write(copy, java.util.Set.of());
        assertThatThrownBy(() -> load(copy))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("inner");
    }

    private static void sleep() {
        try {
            Thread.sleep(2100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            TranslationBundle.load(folder);
        }
    }

    @Override
    public Run<?, ?> small(String... sets) throws IOException {
        return experiment(shared, sets);
    }

    @Override
    public String lookLine() {
        return "pairs     ";
    }

    @Override
    public String tooLarge() {
        return "model.hidden=4194304";
    }

    private static Run<TranslationConfig, TranslationEvaluation> experiment(Path folder, String... more) {
        List<String> sets = new ArrayList<>(Arrays.asList(SMALL));
        sets.addAll(Arrays.asList(more));
        return TranslationStudy.run(
                folder.resolve("train.de").toString(),
                folder.resolve("train.en").toString(),
                sets.toArray(String[]::new));
    }

    /** Every sentence of a number, a noun and a verb, three times, and two pairs that say nothing. */
    private static void corpus(Path folder) throws IOException {
        String[][] subjects = {
            {"ein Hund", "a dog", ""}, {"ein Mann", "a man", ""}, {"drei Hunde", "three dogs", "n"},
            {"zwei Katzen", "two cats", "n"}, {"drei Katzen", "three cats", "n"}, {"zwei Hunde", "two dogs", "n"}
        };
        String[][] verbs = {
            {"läuft", "runs", "laufen", "run"},
            {"schläft", "sleeps", "schlafen", "sleep"},
            {"lacht", "laughs", "lachen", "laugh"},
            {"spielt", "plays", "spielen", "play"}
        };
        StringBuilder german = new StringBuilder();
        StringBuilder english = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            for (String[] subject : subjects) {
                for (String[] verb : verbs) {
                    int form = subject[2].isEmpty() ? 0 : 2;
                    german.append(subject[0] + ' ' + verb[form] + " im Schnee.\n");
                    english.append(subject[1] + ' ' + verb[form + 1] + " in the snow.\n");
                }
            }
        }
        List<String> sources = new ArrayList<>(german.toString().lines().toList());
        List<String> targets = new ArrayList<>(english.toString().lines().toList());
        sources.add(2, "");
        targets.add(2, "nothing");
        sources.add(4, "nichts");
        targets.add(4, "  ");
        Files.write(folder.resolve("train.de"), sources);
        Files.write(folder.resolve("train.en"), targets);
    }
}
