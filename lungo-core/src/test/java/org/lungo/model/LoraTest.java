package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.nn.Initializers;
import org.lungo.nn.LowRank;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class LoraTest {
    private static final Lora LORA = new Lora(new LowRank.Config(2, 4, 0), Set.of("query", "value", "down"));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersAsTheModelUntilItIsTrainedAndTheSameMerged(boolean gpt) {
        try (Scope scope = Scope.inference()) {
            LanguageModel model = model(gpt);
            float[] before = model.forward(tokens(), null).toFloats();
            LanguageModel adapted = LORA.adapt(model, Random.of(2));
            assertThat(adapted.forward(tokens(), null).toFloats()).isEqualTo(before);
            assertThat(Lora.layers(adapted)).hasSize(6);
            Lora.layers(adapted)
                    .forEach((name, layer) -> layer.b()
                            .value()
                            .copyInPlace(Initializers.normal(
                                    0.1,
                                    Random.of(3).stream(name),
                                    layer.b().value().shape())));
            float[] trained = adapted.forward(tokens(), null).toFloats();
            assertThat(trained).isNotEqualTo(before);
            LanguageModel merged = Lora.merge(adapted);
            assertThat(Lora.layers(merged)).isEmpty();
            assertThat(merged.forward(tokens(), null).toDoubles())
                    .containsExactly(adapted.forward(tokens(), null).toDoubles(), within(1e-5));
            assertThat(model.forward(tokens(), null).toFloats()).isEqualTo(before);
            assertThat(Parameters.of(merged).all().keySet())
                    .isEqualTo(Parameters.of(model).all().keySet());
        }
    }

    @Test
    void trainsTheAdaptersAlone() {
        try (Scope scope = Scope.open()) {
            LanguageModel model = model(true);
            // Weights as large as trained ones, so that adapters have an effect.
            Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(5));
            LanguageModel adapted = LORA.adapt(model, Random.of(2));
            List<Tensor> trained = Parameters.of(adapted).trainable();
            // Two blocks; query and value 16 to 16, down 64 to 16.
            assertThat(Parameters.of(adapted).count()).isEqualTo(2 * 2 * (32 + 32 + 80));
            Map<String, Tensor> all = Parameters.of(adapted).tensors();
            float[] frozen =
                    all.get("decoder.blocks.0.attention.query.base.weight").toFloats();
            double first = 0;
            double last = 0;
            for (int step = 0; step < 60; step++) {
                try (Scope pass = Scope.training(step)) {
                    trained.forEach(Tensor::clearGradient);
                    Tensor logits = adapted.forward(tokens(), null).flatten(0, 1);
                    Tensor loss = Losses.crossEntropy(logits, tokens().flatten(0, 1), null, 0, Losses.Result.MEAN);
                    loss.backward();
                    trained.forEach(weight -> weight.addInPlace(Objects.requireNonNull(weight.gradient()), -0.05));
                    first = step == 0 ? loss.item() : first;
                    last = loss.item();
                }
            }
            assertThat(last).isLessThan(first * 0.8);
            assertThat(all.get("decoder.blocks.0.attention.query.base.weight").toFloats())
                    .isEqualTo(frozen);
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new Lora(new LowRank.Config(2, 4, 0), Set.of()))
                .hasMessage("expected at least one target. Received: none");
        try (Scope scope = Scope.inference()) {
            assertThatThrownBy(() -> new Lora(LORA.config(), Set.of("gate")).adapt(model(true), Random.of(1)))
                    .hasMessage("the model must have dense layers called [gate]. Received: []");
            LanguageModel adapted = LORA.adapt(model(true), Random.of(1));
            assertThatThrownBy(() -> LORA.adapt(adapted, Random.of(1)))
                    .hasMessage("a model must have no adapters yet; merge them first. Received: some");
        }
    }

    private static LanguageModel model(boolean gpt) {
        return gpt
                ? Gpt.Config.of(11, 8, 2, 2, 16, 0).build(Random.of(1))
                : new Llama.Config(11, 8, 2, 16, 24, new Llama.Heads(4, 2, 4), Llama.Details.QWEN2).build(Random.of(1));
    }

    private static Tensor tokens() {
        return Tensor.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
    }
}
