package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

@ParameterizedClass
@ValueSource(booleans = {true, false})
record LlamaTest(boolean qwen) implements LanguageModelContract {
    @Override
    public LanguageModel model(Random random) {
        Llama.Details details = qwen ? Llama.Details.QWEN2 : Llama.Details.LLAMA;
        return new Llama.Config(VOCABULARY, 16, 2, 32, 48, new Llama.Heads(4, 2, 8), details).build(random);
    }

    /** Qwen2-0.5B has 494,032,768: 24 blocks, a last norm and a tied table of 151,936 rows, here one block and one row. */
    @Test
    void hasAsManyWeightsAsQwen2() {
        Llama.Heads heads = new Llama.Heads(14, 2, 64);
        Llama.Config config = new Llama.Config(1, 32_768, 1, 896, 4864, heads, Llama.Details.QWEN2);
        try (Scope scope = Scope.open()) {
            long block = Parameters.of(config.blank(DType.BFLOAT16)).count() - 2 * 896;
            assertThat(24 * block + 896 + 151_936 * 896).isEqualTo(494_032_768);
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new Llama.Heads(4, 3, 8))
                .hasMessage("queries must be divisible by keys. Received: queries=4, keys=3");
        assertThatThrownBy(() -> new Llama.Heads(4, 2, 7)).hasMessage("the width of a head must be even. Received: 7");
        Llama.Heads heads = new Llama.Heads(4, 2, 8);
        assertThatThrownBy(() -> new Llama.Config(7, 8, 1, 0, 1, heads, Llama.Details.LLAMA))
                .hasMessage("hidden must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Llama.Config(7, 8, 1, 32, 0, heads, Llama.Details.LLAMA))
                .hasMessage("inner must be at least 1. Received: 0");
    }
}
