package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class PositionsTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Positions.Config(5, 4).learned(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 3, 4).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 3, 4};
    }

    @Override
    public List<String> names() {
        return List.of("table");
    }

    @Test
    void addsTheRowOfEachPlace() {
        try (Scope scope = Scope.inference()) {
            Positions positions = new Positions(Parameter.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2)));
            assertThat(positions.forward(Tensor.ones(DType.FLOAT32, 1, 2, 2)).toFloats())
                    .containsExactly(2, 3, 4, 5);
            assertThat(positions.at(Tensor.of(new long[] {2, 0}, 2)).toFloats()).containsExactly(5, 6, 1, 2);
            assertThat(positions.context()).isEqualTo(3);
        }
    }

    /** Vaswani et al. 2017, section 3.5, for width 4: wavelengths 2 pi and 200 pi. */
    @Test
    void wavesAreFixed() {
        try (Scope scope = Scope.inference()) {
            Positions waves = new Positions.Config(3, 4).sinusoidal();
            assertThat(Parameters.of(waves).trainable()).isEmpty();
            assertThat(waves.table().value().select(0, 2).toDoubles())
                    .containsExactly(
                            new double[] {Math.sin(2), Math.cos(2), Math.sin(0.02), Math.cos(0.02)}, within(1e-7));
        }
    }

    @Test
    void rejectsALongerSequence() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Waves.of(1, 6, 4)))
                    .hasMessage("a sequence must have at most 5 places. Received: 6");
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new Positions.Config(0, 1)).hasMessage("context must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Positions.Config(1, 0)).hasMessage("width must be at least 1. Received: 0");
    }
}
