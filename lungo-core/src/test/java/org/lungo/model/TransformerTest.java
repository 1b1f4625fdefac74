package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.loss.CrossEntropy;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(DirtyMemory.class)
class TransformerTest {
    private static final int VOCABULARY = 11;

    /** FLOAT32 against PyTorch's FLOAT64, see {@code transformer.py}. */
    private static final double TOLERANCE = 1e-5;

    static Stream<JsonNode> golden() throws IOException {
        try (InputStream in = TransformerTest.class.getResourceAsStream("transformer.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in)).valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void computesWhatPyTorchComputes(JsonNode golden) {
        try (Scope scope = Scope.training(0)) {
            Transformer.Tied tied =
                    Transformer.Tied.valueOf(golden.get("tied").asString().toUpperCase(Locale.ROOT));
            Transformer model =
                    model(new Transformer.Details(0, golden.get("norm_first").asBoolean(), tied));
            Parameters parameters = Parameters.of(model);
            setWeights(parameters.tensors());
            Transformer.Memory memory = model.encode(source(), kept());
            Tensor states = model.decode(tokens(2, 1, 8, 3, 10, 1, 5, 5, 2), memory, null); // [2, 4, 8]
            Tensor logits = model.logits(states); // [2, 4, 11]
            near(logits, golden.get("logits"));
            Tensor targets = Tensor.of(new long[] {8, 3, 10, 2, 5, 5, 2, 9}, 8);
            Tensor loss = new CrossEntropy(null, 0.1).of(logits.flatten(0, 1), targets);
            assertThat(loss.item()).isCloseTo(golden.get("loss").asDouble(), within(TOLERANCE));
            loss.backward();
            near(gradient(parameters, "source.table"), golden.get("source_gradient"));
            near(gradient(parameters, "decoder.blocks.0.feedForward.up.weight"), golden.get("up_gradient"));
        }
    }

    @Test
    void writesTheSameWithACacheAndSharedSources() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(new Transformer.Details(0.3, true, Transformer.Tied.ALL));
            Transformer.Memory memory = model.encode(source(), kept());
            Tensor whole = tokens(4, 1, 8, 3, 10, 1, 7, 3, 2, 1, 5, 5, 2, 1, 9, 9, 4); // two hypotheses of each
            Tensor expected = model.decode(whole, memory.select(0, 0, 1, 1), null); // [4, 4, 8]
            KeyValueCache cache = model.cache(4, 4);
            for (int i = 0; i < 4; i++) {
                Tensor step = model.decode(whole.narrow(1, i, 1), memory, cache); // [4, 1, 8]
                assertThat(step.toDoubles())
                        .containsExactly(expected.narrow(1, i, 1).toDoubles(), within(TOLERANCE));
            }
        }
    }

    @Test
    void followsHypothesesThatChangePlaces() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(new Transformer.Details(0, false, Transformer.Tied.ALL));
            Transformer.Memory memory = model.encode(source(), kept()).select(1);
            KeyValueCache cache = model.cache(3, 4);
            model.decode(tokens(3, 1, 8, 1, 7, 1, 5), memory, cache);
            cache.select(2, 0);
            Tensor step = model.decode(tokens(2, 4, 6), memory, cache); // [2, 1, 8]
            Tensor expected = model.decode(tokens(2, 1, 5, 4, 1, 8, 6), memory, null); // [2, 3, 8]
            assertThat(step.toDoubles())
                    .containsExactly(expected.narrow(1, 2, 1).toDoubles(), within(TOLERANCE));
        }
    }

    @Test
    void doesNotSeePadding() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(Transformer.Details.DEFAULTS);
            Tensor written = tokens(1, 1, 5, 5);
            Tensor alone = tokens(1, 4, 6, 2);
            Tensor expected = model.decode(written, model.encode(alone, alone.gt(-1)), null); // [1, 3, 8]
            Tensor padded = model.decode(written, model.encode(source(), kept()).select(1), null); // [1, 3, 8]
            assertThat(padded.toDoubles()).containsExactly(expected.toDoubles(), within(TOLERANCE));
        }
    }

    @Test
    void sharesTablesAsItsConfigSays() {
        try (Scope scope = Scope.open()) {
            for (Transformer.Tied tied : Transformer.Tied.values()) {
                Map<String, Tensor> weights = Parameters.of(model(new Transformer.Details(0, true, tied)))
                        .tensors();
                assertThat(weights.containsKey("target.table")).isEqualTo(tied != Transformer.Tied.ALL);
                assertThat(weights.containsKey("head.weight")).isEqualTo(tied == Transformer.Tied.NONE);
            }
        }
    }

    /** Table 3 of the paper: 65 million parameters, with 37,000 tokens, 6 blocks each, 512 and 2,048 wide. */
    @Test
    void hasAsManyWeightsAsThePaperSays() {
        try (Scope scope = Scope.open()) {
            Transformer.Details details = new Transformer.Details(0.1, false, Transformer.Tied.ALL);
            Transformer.Depth depth = new Transformer.Depth(1, 1);
            long one = Parameters.of(new Transformer.Config(1, 4, depth, 8, 512, 2048, details).blank())
                    .count();
            assertThat(6 * (one - 512) + 37_000L * 512).isBetween(60_000_000L, 66_000_000L);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(Transformer.Details.DEFAULTS);
            Tensor nine = tokens(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
            assertThatThrownBy(() -> model.encode(nine, nine.gt(0)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("at most 8 tokens");
            Transformer.Memory memory = model.encode(source(), kept());
            assertThatThrownBy(() -> model.decode(tokens(3, 1, 1, 1), memory, null))
                    .hasMessageContaining("multiple of the 2");
            assertThatThrownBy(() -> model.cache(1, 9)).hasMessageContaining("context of 8");
        }
        assertThatThrownBy(() -> new Transformer.Details(1, true, Transformer.Tied.ALL))
                .hasMessageContaining("dropout");
    }

    private static Transformer model(Transformer.Details details) {
        return new Transformer.Config(VOCABULARY, 8, new Transformer.Depth(2, 2), 2, 8, 12, details)
                .build(Random.of(1));
    }

    private static Tensor source() {
        return tokens(2, 3, 5, 7, 9, 2, 4, 6, 2, 0, 0);
    }

    private static Tensor kept() {
        return tokens(2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0).gt(0);
    }

    private static Tensor tokens(int rows, long... tokens) {
        return Tensor.of(tokens, rows, tokens.length / rows);
    }

    private static void setWeights(Map<String, Tensor> weights) {
        Map<String, Tensor> made = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            double n = name.chars().sum();
            float[] values = new float[(int) tensor.elements()];
            for (int i = 0; i < values.length; i++) {
                boolean scale = name.toLowerCase(Locale.ROOT).endsWith("norm.weight");
                values[i] = (float) (0.3 * Math.sin(0.37 * i + 1.1 * n) + (scale ? 1 : 0));
            }
            made.put(name, name.equals("positions.table") ? tensor : Tensor.of(values, tensor.shape()));
        });
        try (Scope scope = Scope.inference()) {
            made.forEach(
                    (name, values) -> Objects.requireNonNull(weights.get(name)).copyInPlace(values));
        }
    }

    private static Tensor gradient(Parameters parameters, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(parameters.tensors().get(name)).gradient());
    }

    private static void near(Tensor actual, JsonNode expected) {
        double[] values = expected.valueStream().mapToDouble(JsonNode::asDouble).toArray();
        assertThat(actual.toDoubles()).containsExactly(values, within(TOLERANCE));
    }
}
