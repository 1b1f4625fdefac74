package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/** What every language model must do, on fresh memory and on memory that was used before. A test class names a model of {@value #VOCABULARY} tokens and context 16. */
@ExtendWith(DirtyMemory.class)
interface LanguageModelContract {
    int VOCABULARY = 11;

    /** FLOAT32; another order of additions for another batch or length. */
    double LIMIT = 1e-5;

    LanguageModel model(Random random);

    @Test
    default void givesLogitsOfEachToken() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(Random.of(1));
            assertThat(model.vocabulary()).isEqualTo(VOCABULARY);
            assertThat(model.context()).isEqualTo(16);
            assertThat(model.forward(tokens(2, 7), null).shape()).containsExactly(2, 7, VOCABULARY);
            assertThat(model.forward(tokens(1, 16), null).shape()).containsExactly(1, 16, VOCABULARY);
            Tensor hidden = model.hidden(tokens(2, 7), null);
            assertThat(model.logits(hidden).toFloats())
                    .isEqualTo(model.forward(tokens(2, 7), null).toFloats());
        }
    }

    @Test
    default void readsOnlyMemoryThatWasWritten() {
        for (DType products : new DType[] {null, DType.BFLOAT16}) {
            DirtyMemory.givesTheSameBits(() -> {
                try (Scope scope = Scope.open(Mode.training(1).autocast(products))) {
                    LanguageModel model = model(Random.of(1));
                    return UsedMemory.lossAndGradients(model, model.forward(tokens(2, 7), null));
                }
            });
        }
        DirtyMemory.givesTheSameBits(() -> {
            try (Scope scope = Scope.inference()) {
                LanguageModel model = model(Random.of(1));
                KeyValueCache cache = model.cache(2, 16);
                float[] first =
                        model.forward(tokens(2, 16).narrow(1, 0, 5), cache).toFloats();
                DirtyMemory.fill();
                return List.of(
                        first,
                        model.forward(tokens(2, 16).narrow(1, 5, 1), cache).toFloats());
            }
        });
    }

    @Test
    default void neverSeesTokensToTheRight() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(Random.of(1));
            Tensor longer = model.forward(tokens(2, 12), null).narrow(1, 0, 5);
            same(longer, model.forward(tokens(2, 12).narrow(1, 0, 5), null));
        }
    }

    /** Bit for bit: the same operations in the same order. */
    @Test
    default void givesTheSameGradientsWhenInnerValuesAreComputedAgain() {
        List<float[]> gradients = new ArrayList<>();
        for (boolean again : new boolean[] {false, true}) {
            try (Scope scope = Scope.open(Mode.training(1).recomputing(again))) {
                LanguageModel model = model(Random.of(1));
                model.forward(tokens(2, 7), null).sin().sum().backward();
                for (Tensor parameter : Parameters.of(model).trainable()) {
                    gradients.add(Objects.requireNonNull(parameter.gradient()).toFloats());
                }
            }
        }
        int half = gradients.size() / 2;
        for (int i = 0; i < half; i++) {
            assertThat(gradients.get(half + i)).isEqualTo(gradients.get(i));
        }
    }

    @Test
    default void answersTheSameWithACache() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(Random.of(1));
            Tensor tokens = tokens(2, 16);
            Tensor whole = model.forward(tokens, null);
            KeyValueCache cache = model.cache(2, 16);
            int at = 0;
            for (int length : new int[] {5, 1, 1, 4, 1, 4}) {
                same(model.forward(tokens.narrow(1, at, length), cache), whole.narrow(1, at, length));
                at += length;
                assertThat(cache.length()).isEqualTo(at);
            }
            cache.truncate(6);
            same(model.forward(tokens.narrow(1, 6, 2), cache), whole.narrow(1, 6, 2));
        }
    }

    @Test
    default void picksTheSameTokensWithAndWithoutACache() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = strong(Random.of(5));
            assertThat(greedy(model, model.cache(1, 16))).isEqualTo(greedy(model, null));
        }
    }

    @Test
    default void answersRowsWithPaddingAsAlone() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(Random.of(1));
            Tensor tokens = tokens(2, 9);
            KeyValueCache cache = model.cache(2, 9).padded(0, 4);
            Tensor first = model.forward(tokens.narrow(1, 0, 6), cache);
            Tensor next = model.forward(tokens.narrow(1, 6, 1), cache);
            Tensor last = model.forward(tokens.narrow(1, 7, 2), cache);
            Tensor whole = Reshaping.concat(List.of(first, next, last), 1);
            assertThat(whole.isFinite().all().item()).isEqualTo(1);
            same(whole.narrow(0, 0, 1), model.forward(tokens.narrow(0, 0, 1), null));
            same(
                    whole.narrow(0, 1, 1).narrow(1, 4, 5),
                    model.forward(tokens.narrow(0, 1, 1).narrow(1, 4, 5), null));
        }
    }

    @Test
    default void isTheSameForEqualSeeds() {
        try (Scope scope = Scope.open()) {
            float[] first = model(Random.of(1)).forward(tokens(1, 5), null).toFloats();
            assertThat(model(Random.of(1)).forward(tokens(1, 5), null).toFloats())
                    .isEqualTo(first);
            assertThat(model(Random.of(2)).forward(tokens(1, 5), null).toFloats())
                    .isNotEqualTo(first);
        }
    }

    /** Weights of deviation 0.02 give logits near 0: the loss starts at that of guessing, the vocabulary's logarithm. */
    @Test
    default void startsAtTheLossOfGuessing() {
        try (Scope scope = Scope.inference()) {
            assertThat(loss(model(Random.of(1)), tokens(4, 16)).item()).isCloseTo(Math.log(VOCABULARY), within(0.05));
        }
    }

    @Test
    default void learnsATextByHeartWithFlatMemory() {
        try (Scope scope = Scope.open()) {
            LanguageModel model = model(Random.of(1));
            List<Tensor> weights = Parameters.of(model).trainable();
            List<Tensor> momenta = new ArrayList<>();
            weights.forEach(weight -> momenta.add(Tensor.zeros(DType.FLOAT32, weight.shape())));
            Tensor tokens = tokens(4, 16);
            long live = 0;
            for (int step = 0; step < 150; step++) {
                if (step == 1) {
                    live = Engine.liveTensors();
                }
                try (Scope pass = Scope.training(step)) {
                    weights.forEach(Tensor::clearGradient);
                    loss(model, tokens).backward();
                    for (int i = 0; i < weights.size(); i++) {
                        momenta.get(i).mulInPlace(0.9).addInPlace(gradient(weights.get(i)), 1);
                        weights.get(i).addInPlace(momenta.get(i), -0.1);
                    }
                }
            }
            assertThat(Engine.liveTensors()).isLessThanOrEqualTo(live); // the collector may free what other tests left
            try (Scope inference = Scope.inference()) {
                assertThat(loss(model, tokens).item()).isLessThan(0.5);
            }
        }
    }

    /** Also in BFLOAT16: near, and every weight has a gradient. */
    @Test
    default void trainsInMixedPrecision() {
        try (Scope scope = Scope.open()) {
            LanguageModel model = model(Random.of(1));
            Tensor tokens = tokens(2, 16);
            double[] losses = new double[2];
            for (int i = 0; i < 2; i++) {
                try (Scope pass = Scope.open(Mode.training(1).autocast(i == 0 ? null : DType.BFLOAT16))) {
                    Tensor loss = loss(model, tokens);
                    loss.backward();
                    losses[i] = loss.item();
                }
            }
            assertThat(losses[1]).isCloseTo(losses[0], within(0.02));
            Parameters.of(model)
                    .trainable()
                    .forEach(weight ->
                            assertThat(gradient(weight).isFinite().all().item()).isEqualTo(1));
        }
    }

    @Test
    default void rejectsTextsBeyondTheContext() {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(Random.of(1));
            assertThatThrownBy(() -> model.forward(tokens(1, 17), null))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "forward: a text must have at most 16 tokens, the context of this model. Received: 0 tokens"
                                    + " before and [1, 17]");
            assertThatThrownBy(() -> model.forward(tokens(1, 3).select(0, 0), null))
                    .hasMessage("forward: expected tokens [batch, sequence] (2 axes). Received: [3]");
            assertThatThrownBy(() -> model.cache(1, 17))
                    .hasMessage("a cache must hold at most the context of 16. Received: 17");
            assertThatThrownBy(() -> model.forward(Tensor.full(VOCABULARY, DType.INT64, 1, 2), null))
                    .hasMessageContaining("embedding");
        }
    }

    /** The model with weights ten times larger, so that its choices are clear. */
    private LanguageModel strong(Random random) {
        LanguageModel model = model(random);
        Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(10));
        return model;
    }

    private static List<Long> greedy(LanguageModel model, KeyValueCache cache) {
        List<Long> text = new ArrayList<>(List.of(3L, 1L, 4L));
        int read = 0;
        while (text.size() < model.context()) {
            long[] fresh = text.subList(cache == null ? 0 : read, text.size()).stream()
                    .mapToLong(token -> token)
                    .toArray();
            read = text.size();
            Tensor logits = model.forward(Tensor.of(fresh, 1, fresh.length), cache);
            text.add((long) logits.select(1, -1).argmax(-1).item());
        }
        assertThat(text.stream().distinct().count()).isGreaterThan(3);
        return text;
    }

    private static Tensor loss(LanguageModel model, Tensor tokens) {
        long length = tokens.size(1) - 1;
        Tensor logits = model.forward(tokens.narrow(1, 0, length), null); // [batch, length, vocabulary]
        Tensor targets = tokens.narrow(1, 1, length); // [batch, length]
        return Losses.crossEntropy(logits.flatten(0, 1), targets.flatten(0, 1), null, 0, Losses.Result.MEAN);
    }

    private static Tensor gradient(Tensor weight) {
        return Objects.requireNonNull(weight.gradient(), "no gradient");
    }

    private static void same(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.toDoubles()).containsExactly(expected.toDoubles(), within(LIMIT));
    }

    /** Tokens that look irregular. */
    private static Tensor tokens(int batch, int sequence) {
        long[] tokens = new long[batch * sequence];
        Arrays.setAll(tokens, i -> Math.floorMod(i * i * 7 + 3 * i, VOCABULARY));
        return Tensor.of(tokens, batch, sequence);
    }
}
