package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.data.Task;

class ClassificationMetricTest {
    private static final List<String> CLASSES = List.of("no", "yes");

    private static double value(String metric, Predictions predictions) {
        return Metrics.named(metric).of(predictions);
    }

    /** Independent reference: count every pair of a positive and a negative row. */
    private static double pairs(double[] scores, double[] targets) {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (targets[i] == 1 && targets[j] == 0) {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 1000})
    void rocAucIsTheShareOfPairsInOrder(int grid) {
        Predictions binary = Samples.random(Task.BINARY, 200, 2, grid, grid);
        assertThat(value("roc_auc", binary)).isCloseTo(pairs(binary.scoresOf(1), binary.targetsOf(1)), within(1e-12));
        Predictions many = Samples.random(Task.MULTICLASS, 200, 4, grid, grid);
        double mean = 0;
        for (int c = 0; c < 4; c++) {
            mean += pairs(many.scoresOf(c), many.targetsOf(c)) / 4;
        }
        assertThat(value("roc_auc", many)).isCloseTo(mean, within(1e-12));
    }

    @Test
    void averagePrecisionIsTheStepSumUnderThePrecisionRecallCurve() {
        // Independent reference: sum (R_n - R_(n-1)) P_n over the published form of the curve.
        Predictions predictions = Samples.random(Task.BINARY, 200, 2, 10, 3);
        Curve curve = Curve.precisionRecall(predictions, 1);
        double sum = 0;
        for (int i = 0; i + 1 < curve.x().length; i++) {
            sum += (curve.x()[i] - curve.x()[i + 1]) * curve.y()[i];
        }
        assertThat(value("pr_auc", predictions)).isCloseTo(sum, within(1e-12));
    }

    @Test
    void rocCurveHasTheAreaOfRocAuc() {
        Predictions predictions = Samples.random(Task.BINARY, 300, 2, 20, 4);
        Curve curve = Curve.roc(predictions, 1);
        double area = 0;
        for (int i = 1; i < curve.x().length; i++) {
            area += (curve.x()[i] - curve.x()[i - 1]) * (curve.y()[i] + curve.y()[i - 1]) / 2;
        }
        assertThat(area).isCloseTo(value("roc_auc", predictions), within(1e-12));
        assertThat(curve.x()[0]).isZero();
        assertThat(curve.thin(10).x().length).isLessThan(15);
    }

    @Test
    void logLossIsTheMeanSurprise() {
        Predictions predictions = Predictions.binary(CLASSES, new double[] {0.8, 0.25}, new int[] {1, 0});
        assertThat(value("log_loss", predictions)).isCloseTo(-(Math.log(0.8) + Math.log(0.75)) / 2, within(1e-15));
        Predictions sureAndWrong = Predictions.binary(CLASSES, new double[] {0}, new int[] {1});
        assertThat(value("log_loss", sureAndWrong)).isCloseTo(-Math.log(1e-15), within(1e-12));
        Predictions labels =
                new Predictions(Task.MULTILABEL, CLASSES, new double[][] {{0.8, 0.25}}, new double[][] {{1, 0}});
        assertThat(value("log_loss", labels)).isCloseTo(value("log_loss", predictions), within(1e-15));
    }

    @Test
    void brierOfSeveralClassesSumsOverThem() {
        Predictions predictions =
                Predictions.multiclass(Samples.names(3), new double[][] {{0.5, 0.3, 0.2}}, new int[] {0});
        assertThat(value("brier", predictions)).isCloseTo(0.25 + 0.09 + 0.04, within(1e-15));
    }

    @Test
    void calibrationErrorIsTheDistanceOfConfidenceAndHits() {
        // Four rows at 0.75, of which two are positive: |0.75 - 0.5|; one bin, so the error is that distance.
        Predictions one = Predictions.binary(CLASSES, new double[] {0.75, 0.75, 0.75, 0.75}, new int[] {1, 1, 0, 0});
        assertThat(value("ece", one)).isCloseTo(0.25, within(1e-15));
        // A second bin of one row at 0.1, negative: (4 * 0.25 + 1 * 0.1) / 5.
        Predictions two =
                Predictions.binary(CLASSES, new double[] {0.75, 0.75, 0.75, 0.75, 0.1}, new int[] {1, 1, 0, 0, 0});
        assertThat(value("ece", two)).isCloseTo(0.22, within(1e-15));
        // A report draws one bin for so few.
        assertThat(Calibration.of(two).bins()).containsExactly(new Calibration.Bin(0.62, 0.4, 5));
    }

    @Test
    void calibrationBinsOfManyRowsAreEquallyWide() {
        // 200 rows at 0.75, half of them positive, and 100 at 0.1, none: (200 * 0.25 + 100 * 0.1) / 300.
        double[] probabilities = new double[300];
        int[] targets = new int[300];
        for (int i = 0; i < 300; i++) {
            probabilities[i] = i < 200 ? 0.75 : 0.1;
            targets[i] = i < 100 ? 1 : 0;
        }
        Predictions many = Predictions.binary(CLASSES, probabilities, targets);
        assertThat(value("ece", many)).isCloseTo(0.2, within(1e-12));
        assertThat(Calibration.of(many).bins()).hasSize(2);
        assertThat(Calibration.of(many).bins().get(1).rows()).isEqualTo(200);
        assertThat(Calibration.of(many).bins().get(1).hits()).isEqualTo(0.5);
    }

    @Test
    void calibrationBinsOfFewRowsHoldTwentyOrMore() {
        for (int rows : new int[] {19, 39, 40, 59, 97, 299}) {
            List<Calibration.Bin> bins = Calibration.of(Samples.random(Task.BINARY, rows, 2, 1_000_000, rows))
                    .bins();
            assertThat(bins).hasSize(Math.max(1, rows / 20));
            assertThat(bins.stream().mapToLong(Calibration.Bin::rows).sum()).isEqualTo(rows);
            assertThat(bins).allMatch(bin -> bin.rows() >= Math.min(rows, 20));
            assertThat(bins).isSortedAccordingTo(Comparator.comparingDouble(Calibration.Bin::confidence));
        }
        // Equal probabilities stay together.
        double[] equal = new double[100];
        Arrays.fill(equal, 0, 90, 0.3);
        Arrays.fill(equal, 90, 100, 0.9);
        assertThat(Calibration.of(Predictions.binary(CLASSES, equal, new int[100]))
                        .bins())
                .hasSize(1);
    }

    @Test
    void calibrationOfSeveralClassesLooksAtTheDecision() {
        Predictions predictions = Predictions.multiclass(
                Samples.names(3), new double[][] {{0.7, 0.2, 0.1}, {0.1, 0.7, 0.2}}, new int[] {0, 2});
        assertThat(value("ece", predictions)).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void precisionWithoutAPositiveDecisionIsUndefined() {
        Predictions never = Samples.deciding(2, new int[] {0, 1, 1}, new int[] {0, 0, 0});
        assertThat(value("precision", never)).isNaN();
        assertThat(value("recall", never)).isZero();
        assertThat(value("f1", never)).isZero();
        assertThat(value("mcc", never)).isZero();
    }

    @Test
    void targetsOfOneClassLeaveMostUndefined() {
        Predictions one = Samples.deciding(2, new int[] {0, 0}, new int[] {0, 1});
        for (String name : List.of("roc_auc", "pr_auc", "recall", "balanced_accuracy", "mcc")) {
            assertThat(value(name, one)).as(name).isNaN();
        }
        assertThat(value("accuracy", one)).isEqualTo(0.5);
        Predictions chance = Samples.deciding(2, new int[] {0, 0}, new int[] {0, 0});
        assertThat(value("cohen_kappa", chance)).isNaN();
    }

    @Test
    void macroCountsAClassNeverDecidedAsZero() {
        Predictions predictions = Samples.deciding(3, new int[] {0, 1, 2, 2}, new int[] {0, 1, 1, 1});
        // Precision 1, 1/3, none; recall 1, 1, 0.
        assertThat(value("precision", predictions)).isCloseTo((1 + 1 / 3.0) / 3, within(1e-15));
        assertThat(value("recall", predictions)).isCloseTo(2 / 3.0, within(1e-15));
    }

    @Test
    void multilabelAccuracyWantsEveryLabelRight() {
        Predictions labels = new Predictions(
                Task.MULTILABEL, Samples.names(2), new double[][] {{0.9, 0.1}, {0.9, 0.9}}, new double[][] {
                    {1, 0}, {1, 0}
                });
        assertThat(value("accuracy", labels)).isEqualTo(0.5);
        assertThat(value("hamming_loss", labels)).isEqualTo(0.25);
    }
}
