package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class EmbeddingTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Embedding.Config(5, 2).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Tensor.of(new long[] {0, 4, 2, 2, 1, 0, 3, 4}, ROWS, 2);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 2, 2};
    }

    @Override
    public List<String> names() {
        return List.of("table");
    }

    @Test
    void looksUpRows() {
        try (Scope scope = Scope.inference()) {
            Embedding layer = new Embedding(Parameter.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2)));
            Tensor numbers = Tensor.of(new long[] {2, 0, 2}, 3);
            assertThat(layer.forward(numbers).toFloats()).containsExactly(5, 6, 1, 2, 5, 6);
        }
    }

    /** A row's gradient is the sum over its places; a row that is not asked for has none. */
    @Test
    void addsTheGradientsOfEqualNumbers() {
        try (Scope scope = Scope.training(0)) {
            Embedding layer = new Embedding(Parameter.of(Tensor.of(new float[] {1, 2, 3}, 3, 1)));
            Tensor numbers = Tensor.of(new long[] {2, 0, 2}, 3);
            Tensor factors = Tensor.of(new float[] {10, 1, 5}, 3, 1);
            layer.forward(numbers).mul(factors).sum().backward();
            assertThat(Objects.requireNonNull(layer.table().value().gradient()).toFloats())
                    .containsExactly(1, 0, 15);
        }
    }

    @Test
    void startsWithinItsBounds() {
        try (Scope scope = Scope.inference()) {
            Embedding.Config config = new Embedding.Config(100, 4);
            float[] values = config.build(Random.of(1)).table().value().toFloats();
            for (float value : values) {
                assertThat(Math.abs(value)).isLessThanOrEqualTo(0.5f);
            }
            assertThat(config.build(Random.of(2)).table().value().toFloats()).isNotEqualTo(values);
        }
    }

    @Test
    void rejectsNumbersOutsideTheTable() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Tensor.of(new long[] {5}, 1)))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("embedding")
                    .hasMessageContaining("Received: ");
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new Embedding.Config(0, 2)).hasMessage("entries must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Embedding.Config(2, 0)).hasMessage("width must be at least 1. Received: 0");
    }
}
