package org.lungo.family.labelling.training;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Judged;
import org.lungo.experiment.Bars;
import org.lungo.experiment.MadeUpEntities;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.tensor.Random;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabellingFoldsTest {
    private static final int SENTENCES = 90;

    @TempDir
    private Path folder;

    private Run<LabellingConfig, LabellingEvaluation> experiment(Path train, Path test, String... sets)
            throws IOException {
        Path validation = Files.writeString(
                folder.resolve("validation.conll"), MadeUpEntities.columns(MadeUpEntities.of("v", 30, 3)));
        List<String> all = new ArrayList<>(List.of(
                "data.validation='" + validation + "'",
                "data.test='" + test + "'",
                "model.rnn.hidden=12",
                "model.embedding=12",
                "train.epochs=4",
                "train.learning_rate=0.02"));
        all.addAll(List.of(sets));
        return LabellingStudy.run(train.toString(), all.toArray(String[]::new));
    }

    private Path write(String name, List<LabelledSentence> sentences) throws IOException {
        return Files.writeString(folder.resolve(name), MadeUpEntities.columns(sentences));
    }

    /** Each fold by a run of its own, on files with its sentences. */
    @Test
    void aFoldIsARunOnTheOtherSentences() throws IOException {
        List<LabelledSentence> sentences = MadeUpEntities.of("d", SENTENCES, 1);
        Path all = write("all.conll", sentences);
        Path test = write("test.conll", MadeUpEntities.of("z", 30, 2));
        Path run = folder.resolve("run");
        Outcome<LabellingEvaluation> result = experiment(
                        all, test, "evaluate.folds=3", "evaluate.gates={f1: '>=2', accuracy: '>0.01'}")
                .into(run, Listener.NONE);
        CrossValidation folds = java.util.Objects.requireNonNull(result.folds());
        int[] order = Random.of(42).stream("folds").permutation(SENTENCES);
        for (int fold = 0; fold < 3; fold++) {
            int number = fold;
            int[] held = IntStream.range(0, SENTENCES)
                    .filter(place -> place % 3 == number)
                    .map(place -> order[place])
                    .sorted()
                    .toArray();
            List<LabelledSentence> others = IntStream.range(0, SENTENCES)
                    .filter(place -> Arrays.binarySearch(held, place) < 0)
                    .mapToObj(sentences::get)
                    .toList();
            List<LabelledSentence> own =
                    Arrays.stream(held).mapToObj(sentences::get).toList();
            Map<String, Double> metrics = experiment(
                            write("others" + fold + ".conll", others), write("held" + fold + ".conll", own))
                    .into(folder.resolve("fold" + fold), Listener.NONE)
                    .evaluation()
                    .scores()
                    .metrics();
            assertThat(folds.folds().get(fold)).isEqualTo(metrics);
        }
        assertThat(folds.mean().get("f1"))
                .isCloseTo(
                        folds.folds().stream()
                                .mapToDouble(one -> one.get("f1"))
                                .average()
                                .orElseThrow(),
                        within(1e-12));
        isSaidEverywhere(result, folds, run);
        Outcome<LabellingEvaluation> alone = experiment(all, test).into(folder.resolve("alone"), Listener.NONE);
        assertThat(alone.evaluation().scores()).isEqualTo(result.evaluation().scores());
        assertThat(alone.toJson()).doesNotContain("cross_validation");
    }

    private static void isSaidEverywhere(Outcome<LabellingEvaluation> result, CrossValidation folds, Path run)
            throws IOException {
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve("metrics.json")));
        assertThat(metrics.at("/cross_validation").propertyNames()).containsExactly("folds", "mean", "std");
        assertThat(metrics.at("/cross_validation/mean/f1").asDouble())
                .isEqualTo(folds.mean().get("f1"))
                .isEqualTo(metrics.at("/gates/f1/value").asDouble());
        assertThat(result.toText()).contains("3-fold cross-validation", "deviation");
        assertThat(run.resolve("report.html")).content().contains("<h2>Cross-validation</h2>", "fold 3");
        LabellingEvaluation stored = LabellingEvaluation.stored(run);
        assertThat(stored).isEqualTo(result.evaluation());
        assertThat(Bars.judge(run, stored, stored.summary(), true).gates())
                .isEqualTo(((Judged) result.measured()).gates());
    }

    @Test
    void needsFourSentencesAndOneForEachFold() throws IOException {
        Path few = Files.writeString(folder.resolve("few.conll"), "a DT\n\nb DT\n\nc DT\n\nd DT\n\n");
        assertThatThrownBy(() ->
                        LabellingStudy.run(few.toString(), "evaluate.folds=5").into(folder.resolve("x"), Listener.NONE))
                .hasMessageContaining("must have at least 5 sentences for evaluate.folds: 5. Received: 4");
        assertThat(folder.resolve("x").resolve("config.resolved.yaml")).doesNotExist();
        assertThatThrownBy(() -> LabellingStudy.run(few.toString(), "evaluate.folds=1"))
                .hasMessageContaining("folds must be 0 or at least 2. Received: 1");
    }

    @Test
    void holdsOutSentencesToChooseAnEpochBy() throws IOException {
        Path four = Files.writeString(folder.resolve("four.conll"), "a DT\n\nb DT\n\nc DT\n\nd DT\n\n");
        Outcome<LabellingEvaluation> result = LabellingStudy.run(
                        four.toString(),
                        "evaluate.folds=2",
                        "data.held_out=0.2",
                        "model.rnn.hidden=4",
                        "model.embedding=4",
                        "train.epochs=1")
                .into(folder.resolve("run"), Listener.NONE);
        assertThat(java.util.Objects.requireNonNull(result.folds()).mean()).containsEntry("accuracy", 1.0);
    }
}
