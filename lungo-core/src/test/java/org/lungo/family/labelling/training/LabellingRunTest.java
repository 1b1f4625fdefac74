package org.lungo.family.labelling.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.LabelScheme;
import org.lungo.evaluate.SpanScores;
import org.lungo.experiment.BeforeTrainingContract;
import org.lungo.experiment.FinishedRun;
import org.lungo.experiment.MadeUpEntities;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.family.labelling.Labelled;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.Labeller;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;
import tools.jackson.databind.json.JsonMapper;

final class LabellingRunTest implements BeforeTrainingContract {
    private static final List<LabelledSentence> TRAIN = MadeUpEntities.of("d", 400, 1);
    private static final List<LabelledSentence> TEST = MadeUpEntities.of("z", 200, 1);

    @TempDir
    private static Path folder;

    private static Path run;
    private static Outcome<LabellingEvaluation> result;

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(folder.resolve("train.conll"), MadeUpEntities.columns(TRAIN));
        Files.writeString(folder.resolve("test.conll"), MadeUpEntities.columns(TEST));
        run = folder.resolve("run");
        result = experiment("train.epochs=12").into(run, Listener.NONE);
    }

    @Override
    public Run<?, ?> small(String... sets) throws IOException {
        return experiment(sets);
    }

    @Override
    public String lookLine() {
        return "labels    O, ";
    }

    @Override
    public String tooLarge() {
        return "model.rnn.hidden=10000000";
    }

    private static Run<LabellingConfig, LabellingEvaluation> experiment(String... sets) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "data.test='" + folder.resolve("test.conll") + "'",
                "model.rnn.hidden=40",
                "model.embedding=32",
                "model.dropout=0.2",
                "train.learning_rate=0.01"));
        all.addAll(List.of(sets));
        return LabellingStudy.run(folder.resolve("train.conll").toString(), all.toArray(String[]::new));
    }

    /**
     * The most frequent label of each word finds few of the names, of which half were never seen; a network without
     * characters cannot tell those that stand where any may (0.86 with these settings).
     */
    @Test
    void findsNamesThatItNeverSaw() throws IOException {
        double f1 = result.evaluation().scores().all().f1();
        assertThat(f1).isGreaterThan(0.9);
        assertThat(mostFrequent().all().f1()).isLessThan(0.6);
        Map<?, ?> metrics = JsonMapper.shared().readValue(Files.readString(run.resolve("metrics.json")), Map.class);
        assertThat(metrics.get("f1")).isEqualTo(f1);
        assertThat(metrics.keySet().toString()).contains("precision", "recall", "accuracy", "types");
        assertThat(LabellingEvaluation.stored(run)).isEqualTo(result.evaluation());
        LabellingEvaluation again =
                LabellingEvaluation.on(run, folder.resolve("test.conll").toString());
        assertThat(again.scores()).isEqualTo(result.evaluation().scores());
        assertThat(again.yardstick().baseline())
                .isEqualTo(result.evaluation().yardstick().baseline());
        assertThat(again.yardstick().intervals())
                .containsOnlyKeys("f1", "precision", "recall", "accuracy")
                .isEqualTo(result.evaluation().yardstick().intervals())
                .allSatisfy((metric, interval) ->
                        assertThat(again.scores().metrics().get(metric)).isBetween(interval.low(), interval.high()));
        Map<String, Double> baseline = result.evaluation().yardstick().baseline();
        assertThat(baseline).containsOnlyKeys("f1", "precision", "recall", "accuracy");
        assertThat(baseline.get("f1"))
                .as("of nine tenths of the training sentences")
                .isCloseTo(mostFrequent().all().f1(), within(0.1));
        assertThat(result.toText())
                .containsPattern("F1 0.9\\d+ \\(0.\\d{4} to ")
                .contains("  LOC ", "tokens a second", "baseline, the most frequent label of each known token: f1 0.");
        assertThat(metrics.get("intervals").toString()).startsWith("{f1=[0.");
        assertThat(run.resolve("metrics.jsonl")).content().contains("\"val_f1\":");
    }

    private static SpanScores mostFrequent() {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (LabelledSentence sentence : TRAIN) {
            for (int i = 0; i < sentence.length(); i++) {
                counts.computeIfAbsent(sentence.tokens().get(i), word -> new HashMap<>())
                        .merge(sentence.labels().get(i), 1, Integer::sum);
            }
        }
        List<List<String>> predicted = TEST.stream()
                .map(sentence -> sentence.tokens().stream()
                        .map(word -> counts.getOrDefault(word, Map.of("O", 1)).entrySet().stream()
                                .max(Map.Entry.comparingByValue())
                                .orElseThrow()
                                .getKey())
                        .toList())
                .toList();
        return SpanScores.of(
                LabelScheme.BIO, TEST.stream().map(LabelledSentence::labels).toList(), predicted);
    }

    @Test
    void readsOnlyMemoryThatWasWritten() throws IOException {
        try (Scope scope = Scope.open()) {
            Labeller labeller = Labeller.load(run);
            DirtyMemory.givesTheSame(
                    () -> labeller.label("The mayor of Torvelton met Kenlo Briveson on Friday.", "王小明住在北京市。", "Ada"));
        }
    }

    @Test
    void theModelFolderStandsAlone() throws IOException {
        Path alone = folder.resolve("alone");
        copy(run.resolve("model"), alone);
        String test = folder.resolve("test.conll").toString();
        assertThat(LabellingEvaluation.on(alone, test).yardstick().baseline()).isEmpty();
        try (Scope scope = Scope.open()) {
            Labeller labeller = Labeller.load(alone);
            String text = "The mayor of Torvelton met Kenlo Briveson on Friday.\n王小明住在北京市。";
            Labelled labelled = labeller.label(text);
            assertThat(labelled.entities())
                    .extracting(Labelled.Entity::type)
                    .containsExactly("LOC", "PER", "PER", "LOC");
            assertThat(labelled.entities())
                    .allSatisfy(entity -> assertThat(text.substring(entity.start(), entity.end()))
                            .isEqualTo(entity.text()));
            assertThat(labelled.entities().get(1).text()).isEqualTo("Kenlo Briveson");
            assertThat(labelled.tokens()).hasSameSizeAs(labelled.labels());
            assertThat(labeller.label(TEST.get(0).tokens()).labels())
                    .isEqualTo(labeller.labelTokens(
                                    TEST.stream().map(LabelledSentence::tokens).toList())
                            .get(0)
                            .labels());
            assertThat(labeller.label("").tokens()).isEmpty();
            assertThat(labeller.label(" \n").entities()).isEmpty();
            String many = "We talked about Torvelton on Friday . ".repeat(600).strip();
            assertThat(labeller.label(List.of(many.split(" "))).labels()).hasSize(4200);
        }
        Files.writeString(alone.resolve("labels.json"), "{}");
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> Labeller.load(alone))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("labels.json was changed");
            assertThatThrownBy(() -> Labeller.load(folder))
                    .hasMessageContaining("of a tagger. Received: no labels.json");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void reportsItsWorstMistakes() {
        assertThat(run.resolve("report.html")).content().contains("Labelling from ", "Learning: f1", "seed");
        assertThat(result.next())
                .containsExactly("lungo predict " + run + " " + folder.resolve("test.conll"), "lungo serve " + run);
        assertThat(result.toText()).endsWith("Report: " + run.resolve("report.html"));
        if (result.evaluation().scores().accuracy() < 1) {
            assertThat(run.resolve("report.html")).content().contains("The worst mistakes", ", should be ");
        }
    }

    @Test
    void canBeStartedAgain() throws IOException {
        FinishedRun.canBeStartedAgain(experiment("train.epochs=12"), run);
    }

    @Test
    void labelsThatTrainingDoesNotHaveAreSaidAndCountAsWrong() throws IOException {
        String speech = "a DT\ndog NN\nbarks VB\n\nthe DT\ncat NN\nsleeps VB\n\n";
        Path train = Files.writeString(folder.resolve("speech.conll"), speech.repeat(6));
        Path test = Files.writeString(folder.resolve("other.conll"), speech + "a DT\nred JJ\ncat NN\n");
        Outcome<LabellingEvaluation> plain = LabellingStudy.run(
                        train.toString(), "data.test='" + test + "'", "train.epochs=15", "train.learning_rate=0.02")
                .into(folder.resolve("speech"), Listener.NONE);
        assertThat(plain.evaluation().unknown()).isEqualTo(Map.of("JJ", 1L));
        assertThat(plain.evaluation().scores().types().get("JJ")).isEqualTo(new SpanScores.Found(1, 0, 0));
        assertThat(plain.evaluation().scores().accuracy())
                .isEqualTo(plain.evaluation().scores().all().f1())
                .isGreaterThan(0.7);
        assertThat(plain.notes().toString())
                .contains("the test sentences have labels that training does not have, which count as wrong: JJ (1)")
                .contains("2 of 3 of the test sentences are also training sentences; they make the scores better than");
        assertThat(plain.evaluation().toText()).contains("note: the sentences have labels");
        String both = folder.resolve("train.conll").toString();
        assertThatThrownBy(() -> LabellingStudy.run(both, "data.validation='" + train + "'")
                        .into(folder.resolve("x"), Listener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must have labels such as those of " + both);
        Path one = Files.writeString(folder.resolve("one.conll"), "a DT\n\nb DT\n");
        assertThatThrownBy(() -> LabellingStudy.run(one.toString()).into(folder.resolve("x"), Listener.NONE))
                .hasMessageContaining("must have more sentences than the 2 that are held out. Received: 2");
    }
}
