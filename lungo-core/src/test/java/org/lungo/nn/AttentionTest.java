package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

final class AttentionTest implements LayerContract {
    /** PyTorch's FLOAT32 results; a few roundings of numbers near 10. */
    private static final double LIMIT = 1e-5;

    @Override
    public Layer layer(Random random) {
        return new Attention.Config(4, 2, 1, true).build(random);
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
        return Stream.of("query", "key", "value", "output")
                .flatMap(name -> Stream.of(name + ".weight", name + ".bias"))
                .toList();
    }

    @Test
    void agreesWithPyTorch() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            Attention layer = new Attention.Config(12, 3, 3, true).build(Random.of(1));
            load(layer, golden, "attention");
            Tensor x = golden.get("attention.x");
            Tensor source = golden.get("attention.source");
            golden.check("attention.full", layer.forward(x), LIMIT);
            golden.check("attention.causal", layer.forward(x, x, Mask.CAUSAL), LIMIT);
            Tensor below = Tensor.arange(5).le(Tensor.arange(5).unsqueeze(-1));
            golden.check("attention.causal", layer.forward(x, x, Mask.of(below)), LIMIT);
            Tensor kept = golden.get("attention.kept");
            golden.check("attention.cross", layer.forward(x, source, Mask.padding(kept)), LIMIT);
        }
    }

    @Test
    void sharesKeysAmongHeadsAsThePlainSumsDo() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            Attention layer = new Attention.Config(24, 6, 2, false).build(Random.of(1));
            load(layer, golden, "grouped");
            Tensor x = golden.get("grouped.x");
            golden.check("grouped.y", layer.forward(x, x, Mask.CAUSAL), LIMIT);
            Tensor below = Tensor.arange(5).le(Tensor.arange(5).unsqueeze(-1));
            golden.check("grouped.y", layer.forward(x, x, Mask.of(below)), LIMIT);
        }
    }

    /** One query at a time takes another path, in which heads that share keys become rows. */
    @Test
    void readsTheSameWithACacheAsWithout() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            Attention layer = new Attention.Config(24, 6, 2, false).build(Random.of(1));
            load(layer, golden, "grouped");
            Tensor x = golden.get("grouped.x");
            KeyValueCache cache = new KeyValueCache(1, new KeyValueCache.Shape(2, 2, 8, 4), DType.FLOAT32);
            int at = 0;
            for (int length : new int[] {2, 1, 2}) {
                Steps steps = Steps.of(length, cache);
                Tensor y = layer.forward(x.narrow(1, at, length), null, cache.layer(0), steps.mask());
                cache.advance(length);
                assertThat(y.toDoubles())
                        .containsExactly(
                                golden.get("grouped.y").narrow(1, at, length).toDoubles(), within(LIMIT));
                at += length;
            }
        }
    }

    @Test
    void stateOfTheCacheIsItsLength() {
        try (Scope scope = Scope.inference()) {
            KeyValueCache cache = new KeyValueCache(1, new KeyValueCache.Shape(1, 1, 4, 2), DType.FLOAT32);
            assertThat(Steps.of(3, cache).places().toLongs()).containsExactly(0, 1, 2);
            cache.advance(3);
            assertThat(Steps.of(1, cache).places().toLongs()).containsExactly(3);
            assertThatThrownBy(() -> Steps.of(2, cache))
                    .hasMessage(
                            "the cache must have room for the tokens; make it larger than 4. Received: 3 tokens before"
                                    + " and 2 new ones");
            cache.truncate(1);
            assertThat(Steps.of(2, cache).places().toLongs()).containsExactly(1, 2);
            assertThatThrownBy(() -> cache.truncate(2)).hasMessage("the new length must lie in [0, 1]. Received: 2");
            assertThatThrownBy(() -> cache.padded(1))
                    .hasMessage("padding must be set before the first tokens. Received: 1 tokens");
            assertThatThrownBy(() -> cache.advance(9)).hasMessage("a pass must fit the cache. Received: 9");
        }
    }

    /** Of rows 0-0-a-b and c-d-e-f: padding is seen by itself alone, places count from the first token. */
    @Test
    void hidesPaddingOnTheLeft() {
        try (Scope scope = Scope.inference()) {
            KeyValueCache cache = new KeyValueCache(1, new KeyValueCache.Shape(2, 1, 6, 2), DType.FLOAT32).padded(2, 0);
            Steps steps = Steps.of(4, cache);
            assertThat(steps.places().toLongs()).containsExactly(0, 0, 0, 1, 0, 1, 2, 3);
            Tensor visible = steps.mask().visible();
            assertThat(visible.shape()).containsExactly(2, 1, 4, 4);
            assertThat(visible.select(0, 0).toLongs()).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1);
            assertThat(visible.select(0, 1).toLongs()).containsExactly(1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1);
            cache.advance(4);
            Steps next = Steps.of(1, cache);
            assertThat(next.places().toLongs()).containsExactly(2, 4);
            assertThat(next.mask().visible().toLongs()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        }
    }

    /** The native BFLOAT16 attention is a plain loop: ours runs in FLOAT32 and keeps its accuracy. */
    @Test
    void attendsInFloat32WhereProductsAreInBfloat16() {
        try (Scope scope = Scope.open(Mode.INFERENCE.autocast(DType.BFLOAT16))) {
            Tensor x = Waves.of(2, 2, 5, 8).to(DType.FLOAT32);
            Tensor narrow = x.attention(x, x, null, true, 0);
            try (Scope plain = Scope.open(Mode.INFERENCE)) {
                assertThat(narrow.toFloats())
                        .isEqualTo(x.attention(x, x, null, true, 0).toFloats());
            }
            assertThat(x.transpose(-1, -2).matmul(x).dtype())
                    .as("autocast is still on")
                    .isEqualTo(DType.BFLOAT16);
        }
        try (Scope scope = Scope.inference()) {
            Tensor x = Waves.of(2, 2, 5, 8).to(DType.BFLOAT16);
            assertThat(x.attention(x, x, null, true, 0).dtype()).isEqualTo(DType.BFLOAT16);
        }
    }

    /** In training two products keep the weights: the same values and gradients as the native attention's. */
    @ParameterizedTest
    @CsvSource({"5, 5, CAUSAL", "300, 300, CAUSAL", "7, 4, NONE", "6, 9, PADDED", "6, 9, BLIND"})
    void trainsWithTheValuesAndGradientsOfTheNativeAttention(int queries, int keys, Sight sight) {
        try (Scope scope = Scope.open()) {
            Tensor q = Waves.of(2, 4, queries, 8).mul(2).requireGradient();
            Tensor k = Waves.of(2, 2, keys, 8).add(0.3).requireGradient();
            Tensor v = Waves.of(2, 2, keys, 8).sub(0.1).requireGradient();
            Tensor weights = Waves.of(2, 4, queries, 8).cos();
            List<double[]> kept = values(Mode.training(1), q, k, v, sight, weights);
            List<double[]> nativeOnes = values(new Mode(true, false, 0, null, false), q, k, v, sight, weights);
            for (int i = 0; i < kept.size(); i++) {
                assertThat(kept.get(i)).containsExactly(nativeOnes.get(i), within(1e-12));
            }
        }
    }

    /** What queries see of keys. */
    enum Sight {
        NONE,
        CAUSAL,
        PADDED,
        BLIND;

        @Nullable
        Tensor mask(long keys) {
            return switch (this) {
                case NONE, CAUSAL -> null;
                case PADDED -> Tensor.arange(keys).reshape(1, 1, 1, keys).le(Tensor.of(new long[] {3, 6}, 2, 1, 1, 1));
                case BLIND -> Tensor.arange(keys).reshape(1, 1, 1, keys).le(Tensor.of(new long[] {-1, 6}, 2, 1, 1, 1));
            };
        }
    }

    /** The result and the gradients of q, k and v. */
    private static List<double[]> values(Mode mode, Tensor q, Tensor k, Tensor v, Sight sight, Tensor weights) {
        List<Tensor> inputs = List.of(q, k, v);
        inputs.forEach(Tensor::clearGradient);
        List<double[]> values = new ArrayList<>();
        try (Scope scope = Scope.open(mode)) {
            Tensor y = q.attention(k, v, sight.mask(k.size(2)), sight == Sight.CAUSAL, 0);
            y.mul(weights).sum().backward();
            values.add(y.toDoubles());
            inputs.forEach(x -> values.add(x.gradient().toDoubles()));
        }
        return values;
    }

    @Test
    void addsNumbersOfAMaskToTheScores() {
        try (Scope scope = Scope.inference()) {
            Tensor x = Waves.of(1, 1, 3, 2).to(DType.FLOAT32);
            Tensor far = Tensor.of(new double[] {0, -1e9, -1e9, 0, 0, -1e9, 0, 0, 0}, 3, 3);
            assertThat(x.attention(x, x, far, false, 0).toDoubles())
                    .containsExactly(x.attention(x, x, null, true, 0).toDoubles(), within(1e-6));
        }
    }

    @Test
    void dropsWeightsInTrainingBySeed() {
        try (Scope scope = Scope.open()) {
            Tensor x = Waves.of(1, 2, 6, 4).to(DType.FLOAT32);
            float[] first = dropped(x, 1);
            assertThat(dropped(x, 1)).isEqualTo(first);
            assertThat(dropped(x, 2)).isNotEqualTo(first);
            try (Scope inference = Scope.inference()) {
                assertThat(x.attention(x, x, null, false, 0.5).toFloats())
                        .isEqualTo(x.attention(x, x, null, false, 0).toFloats());
            }
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new Attention.Config(30, 4, 4, true))
                .hasMessage("hidden must be divisible by heads. Received: hidden=30, heads=4");
        assertThatThrownBy(() -> new Attention.Config(32, 4, 3, true))
                .hasMessage("heads must be divisible by keyHeads. Received: heads=4, keyHeads=3");
        try (Scope scope = Scope.inference()) {
            Tensor x = Waves.of(1, 3, 2, 2);
            assertThatThrownBy(() -> x.attention(Waves.of(1, 2, 2, 2), x, null, false, 0))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("a multiple of the heads of the keys (axis 1). Received: [1, 3, 2, 2]");
            assertThatThrownBy(() -> x.attention(x, x, Waves.of(2, 2), true, 0))
                    .hasMessageStartingWith("attention: causal attention takes no mask");
            assertThatThrownBy(() -> x.attention(x, Waves.of(3, 2), null, false, 0))
                    .hasMessage("attention: expected values [batch, heads, keys, width] (4 axes). Received: [3, 2]");
            assertThatThrownBy(() -> Mask.of(Waves.of(2, 2)))
                    .hasMessage("a mask must be BOOL, true where a query sees a key. Received: FLOAT64");
        }
    }

    private static float[] dropped(Tensor x, long seed) {
        try (Scope scope = Scope.training(seed)) {
            return x.attention(x, x, null, false, 0.5).toFloats();
        }
    }

    private static void load(Layer layer, Golden golden, String prefix) {
        Map<String, Tensor> weights = golden.under(prefix);
        weights.keySet().retainAll(Parameters.of(layer).all().keySet());
        Parameters.of(layer).load(weights);
    }
}
