package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.Losses.Result;

/** When they are taken; what they give is compared with the native attention in {@code AttentionTest}. */
@ExtendWith(DirtyMemory.class)
final class AttentionProductsTest {
    @Test
    void suitTrainingAlone() {
        assertThat(suit(Mode.training(1), 1, 300, 300, true)).isTrue();
        assertThat(suit(Mode.INFERENCE, 1, 300, 300, true)).isFalse();
        assertThat(suit(new Mode(true, false, 0, null, false), 1, 300, 300, true))
                .isFalse();
    }

    @Test
    void suitWeightsOfThirtyTwoMebibytesAtMost() {
        assertThat(suit(Mode.training(1), 8, 1024, 1024, true)).isTrue();
        assertThat(suit(Mode.training(1), 9, 1024, 1024, true)).isFalse();
    }

    /** The native causal attention says itself what it makes of other lengths. */
    @Test
    void suitCausalQueriesOfAsManyKeysAlone() {
        assertThat(suit(Mode.training(1), 1, 4, 6, true)).isFalse();
        assertThat(suit(Mode.training(1), 1, 4, 6, false)).isTrue();
    }

    /** What is kept for gradients tells which of the two ran: the weights of all pairs, or next to nothing. */
    @Test
    void areTakenByAttentionInTraining() {
        assertThat(kept(Mode.training(1))).isGreaterThan(4 * 4 * 100 * 100L);
        assertThat(kept(new Mode(true, false, 0, null, false))).isLessThan(4 * 4 * 100 * 100L);
    }

    private static long kept(Mode mode) {
        try (Scope scope = Scope.open(mode)) {
            Tensor q = Tensor.ones(DType.FLOAT32, 1, 4, 100, 2).requireGradient();
            long before = Engine.liveBytes();
            Tensor y = q.attention(q, q, null, true, 0);
            long kept = Engine.liveBytes() - before;
            Losses.squaredError(y, Tensor.zeros(DType.FLOAT32, y.shape()), Result.MEAN)
                    .backward();
            assertThat(q.gradient()).isNotNull();
            return kept;
        }
    }

    private static boolean suit(Mode mode, long heads, long queries, long keys, boolean causal) {
        try (Scope scope = Scope.open(mode)) {
            Tensor q = Tensor.zeros(DType.FLOAT32, 1, heads, queries, 2);
            Tensor k = Tensor.zeros(DType.FLOAT32, 1, heads, keys, 2);
            return AttentionProducts.suit(q, k, k, null, causal);
        }
    }
}
