package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.nn.Bfloat16Weight;
import org.lungo.nn.Int4Weight;
import org.lungo.nn.Int8Weight;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.PackedLinear;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** With a model that has learned a text. */
@ExtendWith(DirtyMemory.class)
class PrecisionTest {
    private static final String TEXT =
            "shall i compare thee to a summers day thou art more lovely and more temperate rough winds do shake the "
                    + "darling buds of may and summers lease hath all too short a date sometime too hot the eye of heaven "
                    + "shines and often is his gold complexion dimmd and every fair from fair sometime declines by chance ";

    private static Scope scope;
    private static Llama model;

    @BeforeAll
    static void learn() {
        scope = Scope.open();
        model = new Llama.Config(32, 32, 2, 64, 96, new Llama.Heads(4, 2, 16), Llama.Details.LLAMA).build(Random.of(1));
        List<Tensor> weights = Parameters.of(model).trainable();
        for (int step = 0; step < 120; step++) {
            try (Scope pass = Scope.training(step)) {
                weights.forEach(Tensor::clearGradient);
                loss(model, 8).backward();
                for (Tensor weight : weights) {
                    Tensor gradient = weight.gradient();
                    assertThat(gradient).isNotNull();
                    weight.addInPlace(gradient.sign(), step < 90 ? -0.003 : -0.0005);
                }
            }
        }
    }

    @AfterAll
    static void end() {
        scope.close();
    }

    /** The mean cross-entropy of a token changes by less than this; perplexity by less than its exponential. */
    @ParameterizedTest
    @CsvSource({"FP32,0", "BF16,0.01", "INT8,0.01", "INT4,0.2"})
    void keepsWhatTheModelHasLearned(Precision precision, double limit) {
        try (Scope inference = Scope.inference()) {
            double before = loss(model, 8).item();
            assertThat(before).isLessThan(1.5);
            assertThat(loss(precision.of(model), 8).item()).isCloseTo(before, within(limit + 1e-6));
        }
    }

    @Test
    void packsDenseLayersAndLeavesTheTableOfTokens() {
        try (Scope inference = Scope.inference()) {
            Gpt gpt = Gpt.Config.of(33, 16, 1, 2, 32, 0).build(Random.of(1));
            Gpt packed = Precision.INT4.of(gpt);
            assertThat(packed.tokens().table()).isSameAs(gpt.tokens().table());
            assertThat(weight(packed.head())).isInstanceOf(Int8Weight.class);
            assertThat(weight(packed.decoder().blocks().get(0).attention().query()))
                    .isInstanceOf(Int4Weight.class);
            Gpt half = Precision.BF16.of(gpt);
            assertThat(weight(half.head())).isInstanceOf(Bfloat16Weight.class);
            assertThat(half.tokens().table().value().dtype()).isEqualTo(DType.FLOAT32);
            assertThat(Precision.FP32.of(gpt)).isEqualTo(gpt);
        }
    }

    /** A file in BFLOAT16 answers in FLOAT32 when asked to. */
    @Test
    void widensWhatWasStoredInFewerBits() {
        try (Scope inference = Scope.inference()) {
            Gpt stored = Gpt.Config.of(33, 16, 1, 2, 32, 0).blank(DType.BFLOAT16);
            Gpt wide = Precision.FP32.of(stored);
            Parameters.of(wide)
                    .tensors()
                    .values()
                    .forEach(tensor -> assertThat(tensor.dtype()).isEqualTo(DType.FLOAT32));
            assertThat(wide.head())
                    .isEqualTo(new org.lungo.nn.Linear(wide.tokens().table(), null));
        }
    }

    @Test
    void answersTheSameWithACache() {
        try (Scope inference = Scope.inference()) {
            Llama packed = Precision.INT8.of(model);
            Tensor tokens = tokens(1, 12);
            KeyValueCache cache = packed.cache(1, 12);
            packed.forward(tokens.narrow(1, 0, 11), cache);
            float[] last = packed.forward(tokens.narrow(1, 11, 1), cache).toFloats();
            float[] whole = packed.forward(tokens, null).select(1, 11).toFloats();
            for (int i = 0; i < last.length; i++) {
                assertThat(last[i]).isCloseTo(whole[i], within(0.2f)); // inputs of products are rounded to 8 bits
            }
        }
    }

    private static Object weight(Object layer) {
        return ((PackedLinear) layer).weight();
    }

    private static Tensor loss(LanguageModel model, int batch) {
        Tensor tokens = tokens(batch, 33); // [batch, sequence + 1]
        Tensor logits = model.forward(tokens.narrow(1, 0, 32), null); // [batch, sequence, vocabulary]
        Tensor targets = tokens.narrow(1, 1, 32); // [batch, sequence]
        return Losses.crossEntropy(logits.flatten(0, 1), targets.flatten(0, 1), null, 0, Losses.Result.MEAN);
    }

    private static Tensor tokens(int batch, int sequence) {
        long[] tokens = new long[batch * sequence];
        Arrays.setAll(
                tokens, i -> TEXT.charAt(i % TEXT.length()) == ' ' ? 0 : TEXT.charAt(i % TEXT.length()) - 'a' + 1);
        return Tensor.of(tokens, batch, sequence);
    }
}
