package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {
    private static final int ROWS = 300;

    /** y = 3 a + b, and c does nothing. */
    private final double[][] rows = new double[ROWS][];

    PermutationImportanceTest() {
        SplittableRandom random = new SplittableRandom(1);
        Arrays.setAll(rows, row -> random.doubles(3).toArray());
    }

    private Predictions predict(int feature, int[] from) {
        double[] predicted = new double[ROWS];
        double[] actual = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double[] shuffled = rows[row].clone();
            shuffled[feature] = rows[from[row]][feature];
            predicted[row] = 3 * shuffled[0] + shuffled[1];
            actual[row] = 3 * rows[row][0] + rows[row][1];
        }
        return Predictions.regression(predicted, actual);
    }

    @Test
    void ranksFeaturesByWhatTheyCarry() {
        int[] same = new int[ROWS];
        Arrays.setAll(same, row -> row);
        List<PermutationImportance.Importance> importance = PermutationImportance.STANDARD.of(
                List.of("a", "b", "c"), predict(0, same), Metrics.named("mse"), this::predict);
        assertThat(importance)
                .extracting(PermutationImportance.Importance::feature)
                .containsExactly("a", "b", "c");
        assertThat(importance.get(2).mean()).isZero();
        // Shuffling a adds 9 * 2 * variance of a uniform number (1/12).
        assertThat(importance.get(0).mean()).isBetween(1.2, 1.8);
        assertThat(importance)
                .isEqualTo(PermutationImportance.STANDARD.of(
                        List.of("a", "b", "c"), predict(0, same), Metrics.named("mse"), this::predict));
    }

    @Test
    void needsADefinedMetric() {
        Predictions constant = Predictions.regression(new double[] {1, 2}, new double[] {1, 1});
        assertThatThrownBy(() -> PermutationImportance.STANDARD.of(
                        List.of("a"), constant, Metrics.named("r2"), (feature, from) -> constant))
                .hasMessageContaining("Received: r2, which is not; choose another, such as rmse");
    }
}
