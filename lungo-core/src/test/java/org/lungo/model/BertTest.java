package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class BertTest {
    private static final Bert.Config SMALL = Bert.Config.of(11, 16, 2, 2, 8, 0);

    /** bert-base-uncased has 109,482,240 with its pooler; here one block and one token, and the rest reckoned. */
    @Test
    void hasAsManyWeightsAsBertBase() {
        try (Scope scope = Scope.open()) {
            Bert.Details details = new Bert.Details(3072, 2, 1e-12, true);
            long one = count(new Bert.Config(1, 512, 1, 12, 768, 0.1, details).blank(DType.BFLOAT16));
            long two = count(new Bert.Config(1, 512, 2, 12, 768, 0.1, details).blank(DType.BFLOAT16));
            assertThat(one + 11 * (two - one) + (30_522 - 1) * 768).isEqualTo(109_482_240);
        }
    }

    @Test
    void startsAsThePaperSays() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = Parameters.of(
                            Bert.Config.of(500, 64, 2, 4, 128, 0.1).build(Random.of(3)))
                    .tensors();
            for (String name : new String[] {
                "embeddings.words.table",
                "embeddings.positions.table",
                "blocks.1.attention.output.weight",
                "blocks.1.feedForward.down.weight"
            }) {
                double deviation = Math.sqrt(weights.get(name).square().mean().item());
                assertThat(deviation).as(name).isCloseTo(0.02, within(1e-3));
            }
            assertThat(weights.get("blocks.0.feedForward.up.bias").abs().max().item())
                    .isZero();
            assertThat(weights.get("embeddings.norm.weight").min().item()).isEqualTo(1);
        }
    }

    @Test
    void seesBothSidesAndNeitherPaddingNorOtherTexts() {
        try (Scope scope = Scope.inference()) {
            Bert bert = strong(SMALL);
            Tensor tokens = Tensor.of(new long[] {1, 2, 3, 4, 5, 0, 7, 8, 9, 10, 3, 2}, 2, 6);
            Tensor visible = Tensor.of(new float[] {1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1}, 2, 6)
                    .gt(0.5);
            Tensor both = bert.hidden(tokens, null, visible); // [2, 6, 8]
            Tensor alone = bert.hidden(tokens.narrow(0, 0, 1).narrow(1, 0, 5), null, null); // [1, 5, 8]
            near(both.narrow(0, 0, 1).narrow(1, 0, 5), alone);
            Tensor changed = Tensor.of(new long[] {1, 2, 3, 4, 6}, 1, 5);
            Tensor other = bert.hidden(changed, null, null);
            assertThat(other.select(1, 0).sub(alone.select(1, 0)).abs().max().item())
                    .isGreaterThan(0.01); // the first token sees the last
        }
    }

    @Test
    void tellsTypesAndPlacesApart() {
        try (Scope scope = Scope.inference()) {
            Bert bert = strong(SMALL);
            Tensor tokens = Tensor.of(new long[] {1, 2, 2, 3}, 1, 4);
            Tensor zeros = Tensor.zeros(DType.INT64, 1, 4);
            Tensor pair = Tensor.of(new long[] {0, 0, 1, 1}, 1, 4);
            Tensor plain = bert.hidden(tokens, null, null); // [1, 4, 8]
            near(bert.hidden(tokens, zeros, null), plain);
            assertThat(bert.hidden(tokens, pair, null).sub(plain).abs().max().item())
                    .isGreaterThan(0.01);
            assertThat(plain.select(1, 1).sub(plain.select(1, 2)).abs().max().item())
                    .isGreaterThan(0.01);
        }
    }

    @Test
    void givesTheSameGradientsWhenBlocksAreComputedAgain() {
        try (Scope scope = Scope.open()) {
            Bert bert = strong(SMALL);
            Tensor word = bert.embeddings().words().table().value();
            Tensor tokens = Tensor.of(new long[] {1, 2, 2, 3}, 1, 4);
            double[][] gradients = new double[2][];
            for (int i = 0; i < 2; i++) {
                word.clearGradient();
                try (Scope pass = Scope.open(Mode.training(1).recomputing(i == 1))) {
                    bert.hidden(tokens, null, null).select(2, 0).sum().backward();
                    gradients[i] = Objects.requireNonNull(word.gradient()).toDoubles();
                }
            }
            assertThat(gradients[1]).containsExactly(gradients[0], within(1e-5));
            assertThat(gradients[0][8]).isNotZero();
        }
    }

    @Test
    void dropsInTrainingBySeed() {
        try (Scope scope = Scope.open()) {
            Bert bert = Bert.Config.of(11, 16, 1, 2, 8, 0.5).build(Random.of(1));
            float[] first = trained(bert, 1);
            assertThat(trained(bert, 1)).isEqualTo(first);
            assertThat(trained(bert, 2)).isNotEqualTo(first);
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> Bert.Config.of(7, 8, 1, 4, 30, 0))
                .hasMessage("hidden must be divisible by heads. Received: hidden=30, heads=4");
        assertThatThrownBy(() -> Bert.Config.of(7, 8, 0, 4, 32, 0))
                .hasMessage("layers must be at least 1. Received: 0");
        assertThatThrownBy(() -> Bert.Config.of(7, 8, 1, 4, 32, 1))
                .hasMessage("dropout must be at least 0 and below 1. Received: 1.0");
        try (Scope scope = Scope.inference()) {
            Bert bert = SMALL.build(Random.of(1));
            assertThat(bert.context()).isEqualTo(16);
            assertThat(bert.vocabulary()).isEqualTo(11);
            assertThat(bert.hidden()).isEqualTo(8);
            assertThatThrownBy(() -> bert.hidden(Tensor.zeros(DType.INT64, 1, 17), null, null))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "hidden: a text must have at most 16 tokens, the context of this model. Received: [1, 17]");
            assertThatThrownBy(() -> bert.hidden(Tensor.zeros(DType.INT64, 3), null, null))
                    .hasMessage("hidden: expected tokens [batch, sequence] (2 axes). Received: [3]");
            assertThatThrownBy(() -> bert.pooled(Tensor.zeros(DType.FLOAT32, 1, 3, 8)))
                    .hasMessage("a pooled vector needs a BERT with a pooler; take the first token's own vector."
                            + " Received: one without");
        }
    }

    /** With weights ten times larger, so that differences are clear. */
    private static Bert strong(Bert.Config config) {
        Bert bert = config.build(Random.of(1));
        Parameters.of(bert).trainable().forEach(weight -> weight.mulInPlace(10));
        return bert;
    }

    private static long count(Bert bert) {
        return Parameters.of(bert).count();
    }

    private static float[] trained(Bert bert, long seed) {
        try (Scope scope = Scope.training(seed)) {
            return bert.hidden(Tensor.of(new long[] {1, 2, 3}, 1, 3), null, null)
                    .toFloats();
        }
    }

    /** FLOAT32; another order of additions for another batch or length. */
    private static void near(Tensor actual, Tensor expected) {
        assertThat(actual.toDoubles()).containsExactly(expected.toDoubles(), within(1e-4));
    }
}
