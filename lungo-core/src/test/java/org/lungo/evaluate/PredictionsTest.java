package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;

class PredictionsTest {
    private static final List<String> CLASSES = List.of("no", "yes");

    @Test
    void namesTheRowOfAScoreThatIsNotANumber() {
        assertThatThrownBy(() -> Predictions.binary(CLASSES, new double[] {0.5, Double.NaN}, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a probability in [0, 1] at row 1. Received: NaN");
        assertThatThrownBy(() ->
                        Predictions.regression(new double[] {1, 2, Double.POSITIVE_INFINITY}, new double[] {1, 2, 3}))
                .hasMessageContaining("expected a finite prediction at row 2. Received: Infinity");
    }

    @Test
    void refusesLogitsAsProbabilities() {
        assertThatThrownBy(() ->
                        Predictions.multiclass(Samples.names(3), new double[][] {{0.1, 2.5, -1}}, new int[] {1}))
                .hasMessageContaining("at row 0. Received: 2.5")
                .hasMessageContaining("last activation is missing");
        assertThatThrownBy(() ->
                        Predictions.multiclass(Samples.names(3), new double[][] {{0.9, 0.9, 0.9}}, new int[] {1}))
                .hasMessageContaining("probabilities that sum to 1 at row 0");
    }

    @Test
    void refusesATargetThatIsNoClass() {
        assertThatThrownBy(() -> Predictions.binary(CLASSES, new double[] {0.5}, new int[] {2}))
                .hasMessageContaining("a target from 0 to 1 at row 0. Received: 2.0");
        assertThatThrownBy(() -> Predictions.regression(new double[] {1}, new double[] {Double.NaN}))
                .hasMessageContaining("a finite target at row 0");
    }

    @Test
    void refusesShapesThatDisagree() {
        assertThatThrownBy(() -> Predictions.regression(new double[0], new double[0]))
                .hasMessageContaining("the same number of rows, one or more. Received: 0 rows");
        assertThatThrownBy(() -> Predictions.multiclass(CLASSES, new double[][] {{1, 0, 0}}, new int[] {0}))
                .hasMessageContaining("Received: width 3, classes [no, yes]");
        assertThatThrownBy(() -> new Predictions(
                        Task.MULTILABEL, CLASSES, new double[][] {{1, 0}, {1}}, new double[][] {{1, 0}, {1}}))
                .hasMessageContaining("row 1 of a multilabel task must have 2 scores and 2 targets");
    }

    @Test
    void decidesPositiveFromTheThresholdOn() {
        Predictions predictions = Predictions.binary(CLASSES, new double[] {0.49, 0.5, 0.3}, new int[] {0, 1, 1});
        assertThat(predictions.decision(0)).isZero();
        assertThat(predictions.decision(1)).isOne();
        assertThat(predictions.withThreshold(0.3).decision(2)).isOne();
    }

    @Test
    void joinsFolds() {
        Predictions a = Predictions.regression(new double[] {1}, new double[] {2});
        Predictions b = Predictions.regression(new double[] {3, 4}, new double[] {5, 6});
        assertThat(Predictions.concat(List.of(a, b)).targetsOf(0)).containsExactly(2, 5, 6);
        Predictions other = Predictions.binary(CLASSES, new double[] {0.5}, new int[] {0});
        assertThatThrownBy(() -> Predictions.concat(List.of(a, other))).hasMessageContaining("must have one task");
    }
}
