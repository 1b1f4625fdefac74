package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class LinearTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Linear.Config(3, 2, true).build(random);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 2};
    }

    @Override
    public List<String> names() {
        return List.of("weight", "bias");
    }

    /** By hand: 1*1 + 2*10 + 3*100 + 0.5 and 1*2 + 2*20 + 3*200 - 0.25; the second row is 0. */
    @Test
    void multipliesAndAdds() {
        try (Scope scope = Scope.inference()) {
            Parameter weight = Parameter.of(Tensor.of(new float[] {1, 10, 100, 2, 20, 200}, 2, 3));
            Parameter bias = Parameter.of(Tensor.of(new float[] {0.5f, -0.25f}, 2));
            Tensor x = Tensor.of(new float[] {1, 2, 3, 0, 0, 0}, 2, 3);
            assertThat(new Linear(weight, bias).forward(x).toFloats()).containsExactly(321.5f, 641.75f, 0.5f, -0.25f);
            assertThat(new Linear(weight, null).forward(x).toFloats()).containsExactly(321, 642, 0, 0);
            assertThat(new Linear(weight, null).forward(x.reshape(1, 2, 3)).shape())
                    .containsExactly(1, 2, 2);
        }
    }

    /** Uniform in (-1/sqrt(in), 1/sqrt(in)): 10,000 values have mean 0 and deviation bound/sqrt(3). */
    @Test
    void startsWithinItsBounds() {
        try (Scope scope = Scope.inference()) {
            double[] weights = new Linear.Config(100, 100, false)
                    .build(Random.of(1))
                    .weight()
                    .value()
                    .toDoubles();
            double squares = 0;
            double sum = 0;
            for (double w : weights) {
                assertThat(Math.abs(w)).isLessThanOrEqualTo(0.1);
                sum += w;
                squares += w * w;
            }
            // Five standard errors of each: deviation / 100, and deviation * sqrt(0.2) / 100 for the deviation.
            assertThat(Math.abs(sum / 10_000)).isLessThan(5 * 0.0577 / 100);
            assertThat(Math.sqrt(squares / 10_000)).isBetween(0.0577 - 0.0013, 0.0577 + 0.0013);
        }
    }

    @Test
    void startsDifferentlyForOtherSeeds() {
        try (Scope scope = Scope.inference()) {
            Linear.Config config = new Linear.Config(3, 2, true);
            assertThat(config.build(Random.of(1)).weight().value().toFloats())
                    .isNotEqualTo(config.build(Random.of(2)).weight().value().toFloats());
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new Linear.Config(0, 2, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("in must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Linear.Config(3, 0, true)).hasMessage("out must be at least 1. Received: 0");
    }

    @Test
    void rejectsAnInputOfAnotherWidth() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 4).to(DType.FLOAT32)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("linear")
                    .hasMessageContaining("Received: FLOAT32[4, 4], FLOAT32[2, 3]");
        }
    }
}
