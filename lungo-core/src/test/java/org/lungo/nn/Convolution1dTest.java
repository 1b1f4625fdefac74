package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class Convolution1dTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Convolution1d.Config(3, 2, 3).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 3, 5).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 2, 5};
    }

    @Override
    public List<String> names() {
        return List.of("weight", "bias");
    }

    /** The filter (1, 10, 100) over 1 2 3 4 with zeros around: 10+200, 1+20+300, 2+30+400, 3+40. */
    @Test
    void putsZerosAroundTheSequence() {
        try (Scope scope = Scope.inference()) {
            Convolution1d layer = new Convolution1d(
                    Parameter.of(Tensor.of(new float[] {1, 10, 100}, 1, 1, 3)),
                    Parameter.of(Tensor.of(new float[] {0.5f}, 1)));
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 4);
            assertThat(layer.forward(x).toFloats()).containsExactly(210.5f, 321.5f, 432.5f, 43.5f);
        }
    }

    @Test
    void rejectsSizesThatAreNone() {
        assertThatThrownBy(() -> new Convolution1d.Config(1, 1, 0)).hasMessage("width must be at least 1. Received: 0");
    }
}
