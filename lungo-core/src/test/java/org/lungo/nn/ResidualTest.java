package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class ResidualTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Residual(new Linear.Config(3, 3, true).build(random));
    }

    @Override
    public List<String> names() {
        return List.of("inner.weight", "inner.bias");
    }

    @Test
    void addsItsInput() {
        try (Scope scope = Scope.inference()) {
            Tensor x = Tensor.of(new float[] {-2, 0, 3}, 3);
            assertThat(new Residual(Activation.RELU).forward(x).toFloats()).containsExactly(-2, 0, 6);
        }
    }

    @Test
    void rejectsAnInnerLayerThatChangesTheWidth() {
        try (Scope scope = Scope.inference()) {
            Layer layer = new Residual(new Linear.Config(3, 2, true).build(Random.of(1)));
            assertThatThrownBy(() -> layer.forward(Tensor.of(new float[6], 2, 3)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("add")
                    .hasMessageContaining("Received: FLOAT32[2, 3], FLOAT32[2, 2]");
        }
    }
}
