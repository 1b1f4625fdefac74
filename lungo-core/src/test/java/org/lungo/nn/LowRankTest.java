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

final class LowRankTest implements LayerContract {
    /** B is not zero here, so that every parameter has a gradient. */
    @Override
    public Layer layer(Random random) {
        LowRank start = new LowRank.Config(2, 3, 0.1).build(new Linear.Config(3, 4, true).build(random), random);
        Parameter b = Parameter.of(Initializers.uniform(1, random.stream("b"), 4, 2));
        return new LowRank(start.base(), start.a(), b, start.scale(), start.dropout());
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 4};
    }

    @Override
    public List<String> names() {
        return List.of("base.weight", "base.bias", "a", "b");
    }

    /** W = [1 2], A = [3 4], B = [5], scale 2: W + 2 * 5 * [3 4] = [31 42]. */
    @Test
    void addsTheProductOfItsFactors() {
        try (Scope scope = Scope.inference()) {
            LowRank layer = new LowRank(
                    new Linear(Parameter.buffer(Tensor.of(new float[] {1, 2}, 1, 2)), null),
                    Parameter.of(Tensor.of(new float[] {3, 4}, 1, 2)),
                    Parameter.of(Tensor.of(new float[] {5}, 1, 1)),
                    2,
                    0);
            assertThat(layer.forward(Tensor.of(new float[] {1, 1}, 1, 2)).toFloats())
                    .containsExactly(73);
            assertThat(layer.merged().weight().value().toFloats()).containsExactly(31, 42);
            assertThat(layer.rank()).isEqualTo(1);
        }
    }

    @Test
    void startsAsItsBaseAndTrainsOnlyTheChange() {
        try (Scope scope = Scope.inference()) {
            Linear base = new Linear.Config(3, 4, true).build(Random.of(1));
            LowRank layer = new LowRank.Config(2, 16, 0).build(base, Random.of(2));
            Tensor x = input(DType.FLOAT32);
            assertThat(layer.forward(x).toFloats()).isEqualTo(base.forward(x).toFloats());
            assertThat(layer.scale()).isEqualTo(8);
            assertThat(Parameters.of(layer).trainable())
                    .containsExactly(layer.a().value(), layer.b().value());
            double bound = 1 / Math.sqrt(3);
            for (float value : layer.a().value().toFloats()) {
                assertThat((double) value).isBetween(-bound, bound);
            }
        }
    }

    @Test
    void answersTheSameMerged() {
        try (Scope scope = Scope.inference()) {
            LowRank layer = (LowRank) layer(Random.of(1));
            Tensor x = input(DType.FLOAT32);
            assertThat(layer.merged().forward(x).toDoubles())
                    .containsExactly(layer.forward(x).toDoubles(), within(1e-5));
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new LowRank.Config(0, 1, 0)).hasMessage("rank must be at least 1. Received: 0");
        assertThatThrownBy(() -> new LowRank.Config(1, 0, 0))
                .hasMessage("alpha must be a finite number above 0. Received: 0.0");
        assertThatThrownBy(() -> new LowRank.Config(1, 1, 1))
                .hasMessage("dropout must be at least 0 and below 1. Received: 1.0");
    }
}
