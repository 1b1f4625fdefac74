package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.Documents;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.evaluate.CrossValidation;
import org.lungo.experiment.BeforeTrainingContract;
import org.lungo.experiment.FinishedRun;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.family.language.TextGenerator;
import org.lungo.family.tables.Predictor;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LanguageRunTest implements BeforeTrainingContract {
    private static final String LINE = "床前明月光，疑是地上霜。To be, or not to be.\n";
    private static final String[] SMALL = {
        "model.layers=2",
        "model.heads=2",
        "model.hidden=32",
        "model.context=32",
        "train.epochs=3",
        "train.steps_per_epoch=60",
        "train.batch_size=8",
        "train.learning_rate=0.01"
    };

    @TempDir
    private Path folder;

    @Test
    void learnsATextByHeartAndWritesOn() throws IOException {
        Path run = folder.resolve("run");
        Outcome<LanguageEvaluation> result = experiment().into(run, Listener.NONE);
        assertThat(result.evaluation().loss()).isLessThan(0.1);
        assertThat(result.evaluation().perplexity())
                .isCloseTo(Math.exp(result.evaluation().loss()), within(1e-12));
        assertThat((double) result.remarks().figures().get("mfu")).isBetween(0.0, 1.5);
        assertThat(Files.exists(run.resolve("cache"))).isFalse();
        Manifest.verify(run);
        assertThat(LanguageEvaluation.stored(run)).isEqualTo(result.evaluation());
        isMeasuredAsEveryFamilyIs(run);
        Path other = Files.writeString(folder.resolve("other.txt"), LINE.repeat(20));
        assertThat(LanguageEvaluation.on(run, new Documents(other.toString())).loss())
                .isLessThan(0.2);
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(run);
            StringBuilder streamed = new StringBuilder();
            GenerationSettings settings = new GenerationSettings(100, Sampling.GREEDY, List.of("。"), 1);
            Written written = generator.generate("床前明月", settings, streamed::append);
            assertThat(written.text()).isEqualTo("光，疑是地上霜").isEqualTo(streamed.toString());
            assertThat(written.stopped()).isTrue();
        }
    }

    /** {@code metrics.json} has what every family says. */
    private static void isMeasuredAsEveryFamilyIs(Path run) throws IOException {
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve("metrics.json")));
        assertThat(metrics.at("/family").asString()).isEqualTo("language");
        assertThat(metrics.at("/task").asString()).isEqualTo("next_token");
        assertThat(metrics.at("/rows").asLong())
                .isEqualTo(metrics.at("/val_tokens").asLong());
        assertThat(metrics.at("/metrics/val_loss").asDouble())
                .isEqualTo(metrics.at("/val_loss").asDouble());
        assertThat(metrics.at("/baseline/val_loss").asDouble())
                .isEqualTo(metrics.at("/trigram_val_loss").asDouble())
                .isPositive();
        double loss = metrics.at("/val_loss").asDouble();
        assertThat(metrics.at("/intervals/val_loss/0").asDouble()).isPositive().isLessThanOrEqualTo(loss);
        assertThat(metrics.at("/intervals/val_loss/1").asDouble()).isGreaterThanOrEqualTo(loss);
        assertThat(metrics.at("/intervals/perplexity/1").asDouble())
                .isCloseTo(Math.exp(metrics.at("/intervals/val_loss/1").asDouble()), within(1e-4));
        assertThat(metrics.at("/gates").isObject()).isTrue();
        assertThat(Files.readString(run.resolve("report.html"))).contains("What it writes", "seed 3", "Learning: loss");
    }

    @Test
    void aTextMayGrowBeyondTheContext() throws IOException {
        Path run = folder.resolve("run");
        experiment().into(run, Listener.NONE);
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(run);
            GenerationSettings settings = new GenerationSettings(150, Sampling.GREEDY, List.of(), 1);
            Written written = generator.generate(LINE.substring(2), settings, text -> {}); // as long as a prompt may be
            assertThat(written.tokens()).isEqualTo(150);
            assertThat(written.stopped()).isFalse();
            assertThat(LINE.repeat(6)).contains(written.text().substring(0, 120));
        }
    }

    @Test
    void resumesBitForBit() throws IOException {
        Path whole = folder.resolve("whole");
        experiment().into(whole, Listener.NONE);
        Path cut = folder.resolve("cut");
        assertThatThrownBy(() -> experiment().into(cut, new Listener() {
                    @Override
                    public void epochStarted(int epoch, int batches, long examples) {
                        pause(); // checkpoints are at least two seconds apart
                    }

                    @Override
                    public void epochEnded(EpochReport report) {
                        if (report.epoch() == 2) {
                            throw new IllegalStateException("cut off");
                        }
                    }
                }))
                .hasMessage("cut off");
        List<Integer> resumed = new ArrayList<>();
        experiment().into(cut, new Listener() {
            @Override
            public void resumed(int epoch) {
                resumed.add(epoch);
            }
        });
        assertThat(resumed).containsExactly(2);
        assertThat(Files.readString(cut.resolve("manifest.json")))
                .isEqualTo(Files.readString(whole.resolve("manifest.json")));
        FinishedRun.canBeStartedAgain(experiment(), cut);
    }

    @Test
    void trainsOnWhereAnotherModelEndedFullyOrWithFewWeights() throws IOException {
        Path base = folder.resolve("base");
        List<String> small = new ArrayList<>(List.of(SMALL));
        small.add("model.type=llama");
        Path text = Files.writeString(folder.resolve("text.txt"), LINE.repeat(200));
        double first = LanguageStudy.run(text.toString(), small.toArray(String[]::new))
                .into(base, Listener.NONE)
                .evaluation()
                .loss();
        Path other = Files.writeString(
                folder.resolve("other.txt"), LINE.replace("be", "bo").repeat(200));
        String[] again = {
            "model.context=32",
            "train.epochs=1",
            "train.steps_per_epoch=40",
            "train.batch_size=8",
            "train.learning_rate=0.01",
            "model.from=" + base
        };
        double before =
                LanguageEvaluation.on(base, new Documents(other.toString())).loss();
        double full = LanguageStudy.run(other.toString(), again)
                .into(folder.resolve("full"), Listener.NONE)
                .evaluation()
                .loss();
        String[] lora = Arrays.copyOf(again, again.length + 1);
        lora[again.length] = "model.lora.r=4";
        Outcome<LanguageEvaluation> few =
                LanguageStudy.run(other.toString(), lora).into(folder.resolve("few"), Listener.NONE);
        assertThat(first).isLessThan(0.2);
        assertThat(full).isLessThan(before);
        assertThat(few.evaluation().loss()).isLessThan(before);
        assertThat(Files.exists(folder.resolve("few/adapter/adapter_model.safetensors")))
                .isTrue();
        Manifest.verify(folder.resolve("few"));
        assertThat(LanguageEvaluation.on(folder.resolve("few"), new Documents(other.toString()))
                        .loss())
                .as("merged, as it is stored")
                .isCloseTo(few.evaluation().loss(), within(0.05));
    }

    @Test
    void saysWhatIsWrongWithATextOrASetting() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "");
        assertThatThrownBy(() -> LanguageStudy.run(empty.toString()).into(folder.resolve("a"), Listener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty.txt holds no text");
        Path few = Files.writeString(folder.resolve("few.txt"), "few words");
        assertThatThrownBy(() -> LanguageStudy.run(few.toString()).into(folder.resolve("b"), Listener.NONE))
                .hasMessageContaining("at least two windows of 64 tokens");
        assertThatThrownBy(() -> LanguageStudy.run(few.toString(), "model.heads=3"))
                .hasMessageContaining("hidden must be divisible by heads");
        assertThatThrownBy(() -> LanguageStudy.run(few.toString(), "train.class_weights=balanced"))
                .hasMessageContaining("unknown key 'class_weights' in 'train'");
        assertThatThrownBy(() -> LanguageStudy.run(few.toString(), "tokenizer.file=none.json")
                        .into(folder.resolve("c"), Listener.NONE))
                .hasMessageContaining("tokenizer.file must name a tokenizer.json");
    }

    @Test
    void aLanguageModelIsNoTablesModelAndTheOtherWayRound() throws IOException {
        Path run = folder.resolve("run");
        experiment().into(run, Listener.NONE);
        assertThatThrownBy(() -> Predictor.load(run)).hasMessageContaining("holds a model of the family language");
        assertThatThrownBy(() -> LanguageBundle.load(folder)).hasMessageContaining("no tokenizer.json");
    }

    @Test
    void knowsAConfigOfALanguageModel() {
        assertThat(LanguageConfig.isMeant("a.yaml", "data: a.txt\nmodel: llama\n"))
                .isTrue();
        assertThat(LanguageConfig.isMeant("a.yaml", "model:\n  type: gpt2\n")).isTrue();
        assertThat(LanguageConfig.isMeant("a.yaml", "data: a.csv\ntarget: y\n")).isFalse();
        assertThat(LanguageConfig.isMeant("a.yaml", "model:\n  type: mlp\n")).isFalse();
        assertThat(LanguageConfig.isMeant("a.yaml", "a: [")).isFalse();
    }

    /** Half of the text is letters, half digits: who learns from one half alone knows nothing of the other. */
    @Test
    void aFoldIsMeasuredOnWhatItsModelNeverRead() throws IOException {
        Path text = Files.writeString(folder.resolve("halves.txt"), "abcdefgh ".repeat(300) + "12345678 ".repeat(300));
        String[] sets = Arrays.copyOf(SMALL, SMALL.length + 2);
        sets[SMALL.length] = "evaluate.folds=2";
        sets[SMALL.length + 1] = "train.steps_per_epoch=20";
        Outcome<LanguageEvaluation> outcome =
                LanguageStudy.run(text.toString(), sets).into(folder.resolve("folds"), Listener.NONE);
        CrossValidation folds = Objects.requireNonNull(outcome.folds());
        assertThat(folds.folds()).hasSize(2).allMatch(fold -> fold.get("val_loss") > 3);
        assertThat(outcome.evaluation().loss()).isLessThan(1);
        assertThat(outcome.toText()).contains("2-fold cross-validation");
        assertThat(new LanguageStudy()
                        .evaluate(outcome.folder(), null, Map.of())
                        .folds())
                .isEqualTo(folds);
    }

    @Test
    void refusesFoldsThatTheTextIsTooShortForBeforeItTrains() throws IOException {
        Path text = Files.writeString(folder.resolve("short.txt"), "abcdefgh ".repeat(9));
        String[] sets = Arrays.copyOf(SMALL, SMALL.length + 1);
        sets[SMALL.length] = "evaluate.folds=3";
        assertThatThrownBy(() -> LanguageStudy.run(text.toString(), sets).into(folder.resolve("few"), Listener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must have enough tokens for evaluate.folds: 3");
        assertThat(folder.resolve("few")).doesNotExist();
    }

    @Override
    public Run<?, ?> small(String... sets) throws IOException {
        return experiment(sets);
    }

    @Override
    public String lookLine() {
        return "model     gpt2, ";
    }

    @Override
    public String tooLarge() {
        return "model.hidden=4194304";
    }

    private Run<LanguageConfig, LanguageEvaluation> experiment(String... more) throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), LINE.repeat(200));
        List<String> sets = new ArrayList<>(Arrays.asList(SMALL));
        sets.addAll(Arrays.asList(more));
        return LanguageStudy.run(text.toString(), sets.toArray(String[]::new));
    }

    private static void pause() {
        try {
            Thread.sleep(2100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
