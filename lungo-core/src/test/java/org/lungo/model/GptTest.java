package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

public final class GptTest implements LanguageModelContract {
    @Override
    public LanguageModel model(Random random) {
        return Gpt.Config.of(VOCABULARY, 16, 2, 2, 32, 0).build(random);
    }

    /** GPT-2 has 124,439,808: 12 blocks, a last norm, 1,024 places and a tied table of 50,257 rows, here one of each. */
    @Test
    void hasAsManyWeightsAsGpt2() {
        try (Scope scope = Scope.open()) {
            Gpt gpt = Gpt.Config.of(1, 1, 1, 12, 768, 0.1).blank(DType.BFLOAT16);
            long block = Parameters.of(gpt).count() - 4 * 768;
            assertThat(12 * block + 2 * 768 + (1024 + 50_257) * 768).isEqualTo(124_439_808);
        }
    }

    @Test
    void startsAsGpt2() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = Parameters.of(
                            Gpt.Config.of(500, 64, 8, 4, 128, 0).build(Random.of(3)))
                    .tensors();
            assertThat(deviation(weights, "tokens.table")).isCloseTo(0.02, within(4e-4));
            assertThat(deviation(weights, "positions.table")).isCloseTo(0.02, within(1e-3));
            assertThat(deviation(weights, "decoder.blocks.7.attention.query.weight"))
                    .isCloseTo(0.02, within(4e-4));
            assertThat(deviation(weights, "decoder.blocks.7.attention.output.weight"))
                    .isCloseTo(0.005, within(1e-4));
            assertThat(deviation(weights, "decoder.blocks.0.feedForward.down.weight"))
                    .isCloseTo(0.005, within(1e-4));
            assertThat(deviation(weights, "decoder.blocks.0.feedForward.up.bias"))
                    .isZero();
            assertThat(weights.get("decoder.blocks.0.attention.query.weight").toFloats())
                    .isNotEqualTo(weights.get("decoder.blocks.1.attention.query.weight")
                            .toFloats());
        }
    }

    @Test
    void untiedHasAHeadOfItsOwn() {
        try (Scope scope = Scope.open()) {
            Gpt.Config config = new Gpt.Config(7, 8, 1, 2, 4, 0, new Gpt.Details(16, false, 1e-5));
            assertThat(Parameters.of(config.build(Random.of(1))).all()).containsKey("head.weight");
            assertThat(Parameters.of(Gpt.Config.of(7, 8, 1, 2, 4, 0).build(Random.of(1)))
                            .all())
                    .containsKey("tokens.table")
                    .doesNotContainKey("head.weight");
        }
    }

    @Test
    void dropsInTrainingBySeed() {
        try (Scope scope = Scope.open()) {
            Gpt gpt = Gpt.Config.of(7, 8, 1, 2, 4, 0.5).build(Random.of(1));
            float[] first = trained(gpt, 1);
            assertThat(trained(gpt, 1)).isEqualTo(first);
            assertThat(trained(gpt, 2)).isNotEqualTo(first);
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> Gpt.Config.of(7, 8, 1, 4, 30, 0))
                .hasMessage("hidden must be divisible by heads. Received: hidden=30, heads=4");
        assertThatThrownBy(() -> Gpt.Config.of(0, 8, 1, 4, 32, 0))
                .hasMessage("vocabulary must be at least 1. Received: 0");
        assertThatThrownBy(() -> Gpt.Config.of(7, 0, 1, 4, 32, 0))
                .hasMessage("context must be at least 1. Received: 0");
        assertThatThrownBy(() -> Gpt.Config.of(7, 8, 0, 4, 32, 0)).hasMessage("layers must be at least 1. Received: 0");
        assertThatThrownBy(() -> Gpt.Config.of(7, 8, 1, 4, 32, 1))
                .hasMessage("dropout must be at least 0 and below 1. Received: 1.0");
    }

    private static float[] trained(Gpt gpt, long seed) {
        try (Scope scope = Scope.training(seed)) {
            return gpt.forward(Tensor.of(new long[] {1, 2, 3}, 1, 3), null).toFloats();
        }
    }

    private static double deviation(Map<String, Tensor> weights, String name) {
        return Math.sqrt(weights.get(name).square().mean().item());
    }
}
