package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/** What is counted without a network is what a network has. */
class SizesTest {
    private static final Random RANDOM = Random.of(1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsGpt(boolean tied) {
        Gpt.Config config = new Gpt.Config(31, 9, 3, 2, 8, 0, new Gpt.Details(20, tied, 1e-5));
        try (Scope scope = Scope.open()) {
            assertThat(config.count())
                    .isEqualTo(Parameters.of(config.build(RANDOM)).count());
        }
    }

    @Test
    void countsLlama() {
        for (Llama.Details details : List.of(Llama.Details.LLAMA, Llama.Details.QWEN2)) {
            Llama.Config config = new Llama.Config(31, 9, 3, 8, 24, new Llama.Heads(4, 2, 6), details);
            try (Scope scope = Scope.open()) {
                assertThat(config.count())
                        .isEqualTo(Parameters.of(config.build(RANDOM)).count());
            }
        }
    }

    @Test
    void countsBert() {
        Bert.Config config = Bert.Config.of(31, 9, 3, 2, 8, 0);
        for (Bert.Config one : List.of(config.withPooler(true), config.withPooler(false))) {
            try (Scope scope = Scope.open()) {
                assertThat(one.count())
                        .isEqualTo(Parameters.of(one.blank(DType.FLOAT32)).count());
            }
        }
        try (Scope scope = Scope.open()) {
            MaskedLanguageModel model = MaskedLanguageModel.build(config, RANDOM);
            assertThat(MaskedLanguageModel.count(config))
                    .isEqualTo(Parameters.of(model).count());
        }
    }

    @ParameterizedTest
    @EnumSource(Transformer.Tied.class)
    void countsTransformers(Transformer.Tied tied) {
        for (boolean normFirst : new boolean[] {true, false}) {
            Transformer.Config config = new Transformer.Config(
                    31, 9, new Transformer.Depth(3, 2), 2, 8, 20, new Transformer.Details(0, normFirst, tied));
            try (Scope scope = Scope.open()) {
                assertThat(config.count())
                        .isEqualTo(Parameters.of(config.build(RANDOM)).count());
            }
        }
    }
}
