package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class LayerNormTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new LayerNorm.Config(3).build();
    }

    @Override
    public List<String> names() {
        return List.of("weight", "bias");
    }

    /** Each row by the formula in Java doubles: (x - mean) / sqrt(variance + epsilon) * weight + bias. */
    @Test
    void followsTheFormula() {
        double[] weight = {2, -1, 0.5};
        double[] bias = {0.1, 0.2, 0.3};
        double[] x = Waves.values(ROWS * 3);
        try (Scope scope = Scope.inference()) {
            LayerNorm layer = new LayerNorm(Parameter.of(Tensor.of(weight, 3)), Parameter.of(Tensor.of(bias, 3)), 1e-2);
            double[] y = layer.forward(Tensor.of(x, ROWS, 3)).toDoubles();
            for (int row = 0; row < ROWS; row++) {
                double[] values = Arrays.copyOfRange(x, 3 * row, 3 * row + 3);
                double mean = Arrays.stream(values).average().orElseThrow();
                double variance = Arrays.stream(values)
                        .map(v -> (v - mean) * (v - mean))
                        .average()
                        .orElseThrow();
                for (int i = 0; i < 3; i++) {
                    double expected = (values[i] - mean) / Math.sqrt(variance + 1e-2) * weight[i] + bias[i];
                    assertThat(y[3 * row + i]).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void givesTheShiftForAConstantRow() {
        try (Scope scope = Scope.inference()) {
            assertThat(layer(Random.of(1))
                            .forward(Tensor.full(7, DType.FLOAT32, 1, 3))
                            .toFloats())
                    .containsExactly(0, 0, 0);
        }
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(LayerNorm.Config.EPSILON).isEqualTo(1e-5);
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new LayerNorm.Config(0)).hasMessage("width must be at least 1. Received: 0");
    }

    @Test
    void rejectsAnInputOfAnotherWidth() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 4).to(DType.FLOAT32)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("layerNorm")
                    .hasMessageContaining("Received: FLOAT32[4, 4], FLOAT32[3]");
        }
    }
}
