package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Task;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.Predictions;
import org.lungo.experiment.Outcome;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

class ThresholdRuleTest {
    @TempDir
    Path folder;

    /** By hand: from 0.2 on F1 is 3/4 and Youden's J 3/4, from 0.3 on F1 is 4/5 and J 2/3; other cuts are worse. */
    @Test
    void choosesByTheNamedMeasure() {
        Predictions validation = Predictions.binary(
                List.of("no", "yes"),
                new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.25, 0.25, 0.3, 0.4},
                new int[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1});
        assertThat(ThresholdRule.of("f1").choose(() -> validation))
                .isGreaterThan(0.25)
                .isLessThanOrEqualTo(0.3);
        assertThat(ThresholdRule.of("youden").choose(() -> validation))
                .isGreaterThan(0.1)
                .isLessThanOrEqualTo(0.2);
        assertThat(ThresholdRule.of("0.3").choose(() -> validation)).isEqualTo(0.3);
        assertThat(ThresholdRule.of("default").choose(() -> validation)).isEqualTo(0.5);
        assertThatThrownBy(() -> ThresholdRule.of("1.5"))
                .hasMessage("threshold must be default, f1, mcc, youden or a number between 0 and 1. Received: 1.5");
        assertThatThrownBy(() -> ThresholdRule.of("roc_auc")).hasMessageContaining("Received: roc_auc");
    }

    @Test
    void isForTwoClasses() {
        assertThatThrownBy(() -> TaskCheck.require(
                        TableConfig.FILE.read("a.yaml", "version: 1\nevaluate: {threshold: f1}\n", List.of()),
                        Task.MULTICLASS))
                .hasMessageContaining("a.yaml:2:12: error E206: evaluate.threshold must be default");
    }

    /** The test file has other rows in the second run; the threshold must not move. */
    @Test
    void neverLooksAtTheTestRows() throws IOException {
        Path train = rows("train.csv", 600, 1);
        double first = threshold("a", train, rows("test1.csv", 200, 2));
        double second = threshold("b", train, rows("test2.csv", 100, 3));
        assertThat(second).isEqualTo(first).isNotEqualTo(0.5);
    }

    @Test
    void decidesAlikeInEvaluationAndPrediction() throws IOException {
        Path test = rows("test.csv", 200, 2);
        Outcome<Evaluation> result =
                run("run", rows("train.csv", 600, 1), "evaluate.threshold=f1", "data.test='" + test + "'");
        Predictor predictor = Predictor.load(result.folder());
        double threshold = predictor.target().threshold();
        assertThat(result.evaluation().detail().threshold()).isEqualTo(threshold);
        assertThat(result.evaluation().toText()).contains("threshold: 'yes' from a probability of 0.");
        assertThat(Files.readString(result.folder().resolve("metrics.json"))).contains("\"threshold\" : " + threshold);
        assertThat(Files.readString(result.folder().resolve("report.html")))
                .contains("predicted positive at a probability of");
        for (double x = -1; x <= 1; x += 0.05) {
            Prediction answer = predictor.predict(Map.of("x", x, "y", 0));
            assertThat(answer.label()).isEqualTo(answer.probabilities().get("yes") >= threshold ? "yes" : "no");
        }
        assertThat(Reevaluation.on(result.folder(), test.toString()).metrics())
                .isEqualTo(result.evaluation().metrics());
    }

    private double threshold(String name, Path train, Path test) throws IOException {
        Path run = run(name, train, "evaluate.threshold=f1", "data.test='" + test + "'")
                .folder();
        return Predictor.load(run).target().threshold();
    }

    private Outcome<Evaluation> run(String name, Path data, String... sets) throws IOException {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "train.epochs=5", "evaluate.importance=false", "model.hidden=[16]", "model.members=1"),
                        java.util.stream.Stream.of(sets))
                .toArray(String[]::new);
        return TableStudy.run(data.toString(), "answer", all).into(folder.resolve(name), Listener.NONE);
    }

    /** One row in eight is positive, and they overlap the others. */
    private Path rows(String name, int rows, long seed) throws IOException {
        StringBuilder text = new StringBuilder("x,y,answer\n");
        java.util.Random random = new java.util.Random(seed);
        for (int row = 0; row < rows; row++) {
            boolean yes = row % 8 == 0;
            text.append(random.nextGaussian() + (yes ? 1 : 0)).append(',').append(random.nextGaussian());
            text.append(yes ? ",yes" : ",no").append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
