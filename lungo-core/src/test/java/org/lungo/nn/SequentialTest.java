package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class SequentialTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return Sequential.of(
                new Linear.Config(3, 5, true).build(random.stream("first")),
                Activation.GELU,
                new Dropout(0.2),
                new Linear.Config(5, 2, false).build(random.stream("second")));
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 2};
    }

    @Override
    public List<String> names() {
        return List.of("layers.0.weight", "layers.0.bias", "layers.3.weight");
    }

    /** 2 * x - 1 before and after relu differ: the order is the list's. */
    @Test
    void appliesItsLayersInOrder() {
        try (Scope scope = Scope.inference()) {
            Layer line = new Linear(
                    Parameter.of(Tensor.of(new float[] {2}, 1, 1)), Parameter.of(Tensor.of(new float[] {-1}, 1)));
            Tensor x = Tensor.of(new float[] {-3, 3}, 2, 1);
            assertThat(Sequential.of(line, Activation.RELU).forward(x).toFloats())
                    .containsExactly(0, 5);
            assertThat(Sequential.of(Activation.RELU, line).forward(x).toFloats())
                    .containsExactly(-1, 5);
        }
    }

    @Test
    void answersItsInputWhenEmpty() {
        try (Scope scope = Scope.inference()) {
            assertThat(Sequential.of().forward(Waves.of(2)).toDoubles()).isEqualTo(Waves.values(2));
        }
    }
}
