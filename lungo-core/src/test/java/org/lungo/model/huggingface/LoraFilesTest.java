package org.lungo.model.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.Lora;
import org.lungo.nn.Initializers;
import org.lungo.nn.LowRank;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Names and shapes as PEFT 0.13 has them, of a model of one block. */
class LoraFilesTest {
    private static final String LAYER = "base_model.model.model.layers.0.self_attn.";

    @TempDir
    Path temporary;

    @Test
    void answersTheSameAfterWritingAndReading() throws IOException {
        try (Scope scope = Scope.inference()) {
            LanguageModel adapted = adapted();
            Path folder = temporary.resolve("adapters");
            LoraFiles.write(folder, adapted);
            Map<String, Tensor> stored = Safetensors.read(folder.resolve("adapter_model.safetensors"))
                    .tensors();
            assertThat(stored.keySet())
                    .containsExactlyInAnyOrder(
                            LAYER + "q_proj.lora_A.weight",
                            LAYER + "q_proj.lora_B.weight",
                            LAYER + "v_proj.lora_A.weight",
                            LAYER + "v_proj.lora_B.weight");
            assertThat(stored.get(LAYER + "v_proj.lora_A.weight").shape()).containsExactly(2, 16);
            assertThat(stored.get(LAYER + "v_proj.lora_B.weight").shape()).containsExactly(8, 2);
            LanguageModel read = LoraFiles.read(folder, base());
            assertThat(read.forward(tokens(), null).toFloats())
                    .isEqualTo(adapted.forward(tokens(), null).toFloats());
            assertThat(Lora.layers(read).values()).allMatch(layer -> layer.scale() == 2 && layer.dropout() == 0.25);
        }
    }

    /** A configuration as PEFT writes it, with every key that it has. */
    @Test
    void readsWhatPeftWrites() throws IOException {
        try (Scope scope = Scope.inference()) {
            Path folder = temporary.resolve("adapters");
            LoraFiles.write(folder, adapted());
            Files.writeString(folder.resolve("adapter_config.json"), """
                    {"alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "some/model", "bias": "none",
                     "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
                     "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {},
                     "lora_alpha": 4, "lora_bias": false, "lora_dropout": 0.25, "megatron_config": null,
                     "megatron_core": "megatron.core", "modules_to_save": null, "peft_type": "LORA", "r": 2,
                     "rank_pattern": {}, "revision": null, "target_modules": ["v_proj", "q_proj"],
                     "task_type": "CAUSAL_LM", "use_dora": false, "use_rslora": false}""");
            assertThat(LoraFiles.read(folder, base()).forward(tokens(), null).toFloats())
                    .isEqualTo(adapted().forward(tokens(), null).toFloats());
        }
    }

    @Test
    void namesWhatIsNotSupported() throws IOException {
        try (Scope scope = Scope.inference()) {
            Path folder = temporary.resolve("adapters");
            LoraFiles.write(folder, adapted());
            Path config = folder.resolve("adapter_config.json");
            String text = Files.readString(config);
            Files.writeString(
                    config,
                    text.replace(
                            "\"bias\" : \"none\"",
                            "\"bias\" : \"all\", \"use_dora\": true, \"modules_to_save\": [\"x\"]"));
            assertThatThrownBy(() -> LoraFiles.read(folder, base()))
                    .hasMessageContainingAll(
                            "'bias' must be one of [\"none\"] (nothing else is supported), got \"all\"",
                            "'use_dora' must be one of [false] (nothing else is supported), got true",
                            "'modules_to_save' is not supported");
            Files.writeString(config, text.replace("v_proj", "c_attn"));
            assertThatThrownBy(() -> LoraFiles.read(folder, base()))
                    .hasMessageContaining(
                            "'target_modules' must be names of separate dense layers of this model, got [");
            Files.writeString(config, text.replace("\"r\" : 2", "\"r\" : 3"));
            assertThatThrownBy(() -> LoraFiles.read(folder, base()))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("'" + LAYER + "q_proj.lora_A.weight' must have shape [3, 16], got [2, 16]");
            Files.writeString(config, text.replace("v_proj", "k_proj"));
            assertThatThrownBy(() -> LoraFiles.read(folder, base()))
                    .hasMessageContaining("'" + LAYER + "k_proj.lora_A.weight' is missing")
                    .hasMessageContaining("'" + LAYER + "v_proj.lora_A.weight' is unexpected");
            assertThatThrownBy(() -> LoraFiles.read(temporary, base()))
                    .hasMessage("a folder of adapters must have an adapter_config.json. Received: " + temporary);
        }
    }

    @Test
    void refusesToWriteWhatTheFilesCannotHold() {
        try (Scope scope = Scope.inference()) {
            Path folder = temporary.resolve("new");
            assertThatThrownBy(() -> LoraFiles.write(folder, base()))
                    .hasMessage("a model must have adapters to write them. Received: none");
            assertThatThrownBy(() -> HuggingFace.write(folder, adapted()))
                    .hasMessageStartingWith("a model must be written without adapters; merge them with Lora.merge");
            Gpt gpt = new Lora(new LowRank.Config(2, 4, 0), Set.of("query"))
                    .adapt(Gpt.Config.of(11, 8, 1, 2, 16, 0).build(Random.of(1)), Random.of(1));
            assertThatThrownBy(() -> LoraFiles.write(folder, gpt))
                    .hasMessage("an adapter must belong to a layer that is stored alone. Received:"
                            + " decoder.blocks.0.attention.query");
        }
    }

    @Test
    void writesTheMergedModel() throws IOException {
        try (Scope scope = Scope.inference()) {
            LanguageModel merged = Lora.merge(adapted());
            HuggingFace.write(temporary.resolve("merged"), merged);
            assertThat(HuggingFace.read(temporary.resolve("merged"))
                            .forward(tokens(), null)
                            .toFloats())
                    .isEqualTo(merged.forward(tokens(), null).toFloats());
        }
    }

    private static LanguageModel adapted() {
        LanguageModel adapted =
                new Lora(new LowRank.Config(2, 4, 0.25), Set.of("query", "value")).adapt(base(), Random.of(2));
        Map<String, LowRank> layers = new LinkedHashMap<>(Lora.layers(adapted));
        layers.forEach((name, layer) -> layer.b()
                .value()
                .copyInPlace(Initializers.normal(
                        1, Random.of(3).stream(name), layer.b().value().shape())));
        return adapted;
    }

    private static LanguageModel base() {
        return new Llama.Config(11, 8, 1, 16, 24, new Llama.Heads(4, 2, 4), Llama.Details.LLAMA).build(Random.of(1));
    }

    private static Tensor tokens() {
        return Tensor.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
    }
}
