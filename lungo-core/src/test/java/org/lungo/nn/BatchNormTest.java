package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class BatchNormTest implements LayerContract {
    private static final double[] X = {1, 10, 2, 40, 6, 10, 7, 20}; // columns 1 2 6 7 and 10 40 10 20

    @Override
    public Layer layer(Random random) {
        return new BatchNorm.Config(3).build();
    }

    @Override
    public List<String> names() {
        return List.of("weight", "bias", "mean", "variance");
    }

    /** Means 4 and 20; variances 6.5 and 150 over the batch, and 26/3 and 200 without bias for the running ones. */
    @Test
    void normalisesByTheBatchInTraining() {
        try (Scope scope = Scope.training(0)) {
            BatchNorm layer = wide();
            double[] y = layer.forward(Tensor.of(X, ROWS, 2)).toDoubles();
            for (int i = 0; i < X.length; i++) {
                double expected = i % 2 == 0
                        ? (X[i] - 4) / Math.sqrt(6.5 + 0.01) * 2 + 0.5
                        : (X[i] - 20) / Math.sqrt(150 + 0.01) * 3 - 0.5;
                assertThat(y[i]).isCloseTo(expected, within(1e-12));
            }
            assertThat(layer.mean().value().toDoubles())
                    .containsExactly(new double[] {0.75 * 1 + 0.25 * 4, 0.75 * -1 + 0.25 * 20}, within(1e-12));
            assertThat(layer.variance().value().toDoubles())
                    .containsExactly(new double[] {0.75 * 4 + 0.25 * 26 / 3, 0.75 * 9 + 0.25 * 200}, within(1e-12));
        }
    }

    @Test
    void normalisesByTheRunningStatisticsOutsideTraining() {
        try (Scope scope = Scope.inference()) {
            BatchNorm layer = wide();
            double[] y = layer.forward(Tensor.of(X, ROWS, 2)).toDoubles();
            for (int i = 0; i < X.length; i++) {
                double expected = i % 2 == 0
                        ? (X[i] - 1) / Math.sqrt(4 + 0.01) * 2 + 0.5
                        : (X[i] + 1) / Math.sqrt(9 + 0.01) * 3 - 0.5;
                assertThat(y[i]).isCloseTo(expected, within(1e-12));
            }
            assertThat(layer.mean().value().toDoubles()).containsExactly(1, -1);
            assertThat(layer.variance().value().toDoubles()).containsExactly(4, 9);
        }
    }

    /** The last batch of an epoch may be one row, which has no variance: what was learned before must stay usable. */
    @Test
    void survivesABatchOfOneRow() {
        try (Scope scope = Scope.open()) {
            BatchNorm layer = wide();
            try (Scope step = Scope.training(0)) {
                // (3 - 1) / sqrt(4.01) * 2 + 0.5 and (5 + 1) / sqrt(9.01) * 3 - 0.5
                double[] expected = {4 / Math.sqrt(4.01) + 0.5, 18 / Math.sqrt(9.01) - 0.5};
                assertThat(layer.forward(Tensor.of(new double[] {3, 5}, 1, 2)).toDoubles())
                        .containsExactly(expected, within(1e-12));
            }
            assertThat(layer.mean().value().toDoubles()).containsExactly(1, -1);
            assertThat(layer.variance().value().toDoubles()).containsExactly(4, 9);
        }
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(BatchNorm.Config.MOMENTUM).isEqualTo(0.1);
        assertThat(BatchNorm.Config.EPSILON).isEqualTo(1e-5);
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new BatchNorm.Config(0)).hasMessage("width must be at least 1. Received: 0");
    }

    @Test
    void rejectsAnInputOfAnotherWidth() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 4).to(DType.FLOAT32)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("batchNorm")
                    .hasMessageContaining("Received: FLOAT32[4, 4], FLOAT32[3]");
        }
    }

    private static BatchNorm wide() {
        return new BatchNorm(
                Parameter.of(Tensor.of(new double[] {2, 3}, 2)),
                Parameter.of(Tensor.of(new double[] {0.5, -0.5}, 2)),
                Parameter.buffer(Tensor.of(new double[] {1, -1}, 2)),
                Parameter.buffer(Tensor.of(new double[] {4, 9}, 2)),
                0.25,
                0.01);
    }
}
