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

/** The contract's finite differences do not hold for padding, whose gradient is 0 by intent, so that it stands alone below. */
final class TokenEmbeddingTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new TokenEmbedding.Config(5, 2, 0.1).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Tensor.of(new int[] {1, 4, 2, 2, 1, 1, 3, 4}, ROWS, 2);
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
    void keepsPaddingAtZero() {
        try (Scope scope = Scope.training(0)) {
            TokenEmbedding layer = new TokenEmbedding.Config(3, 2, 1).build(Random.of(1));
            Tensor vectors = layer.forward(Tensor.of(new int[] {0, 2, 0}, 3));
            assertThat(vectors.narrow(0, 0, 1).toFloats()).containsExactly(0, 0);
            vectors.sum().backward();
            assertThat(Objects.requireNonNull(layer.table().value().gradient()).toFloats())
                    .containsExactly(0, 0, 0, 0, 1, 1);
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new TokenEmbedding.Config(0, 2, 1))
                .hasMessage("entries must be at least 1. Received: 0");
        assertThatThrownBy(() -> new TokenEmbedding.Config(2, 2, -1))
                .hasMessage("deviation must be a finite number of at least 0. Received: -1.0");
    }
}
