package org.lungo.model.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.model.Gpt;
import org.lungo.model.GptTest;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Parameters;
import org.lungo.nn.Rotary;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

/** Small models whose weights and logits an independent PyTorch implementation made, as Hugging Face stores them. */
class HuggingFaceTest {
    private static final String GPT2 = """
            {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "vocab_size": 23, "n_positions": 16, "n_ctx": 16,
             "n_embd": 24, "n_layer": 2, "n_head": 4, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-05,
             "resid_pdrop": 0.1, "embd_pdrop": 0.1, "attn_pdrop": 0.1, "eos_token_id": 22}""";
    private static final String LLAMA = """
            {"model_type": "llama", "vocab_size": 23, "max_position_embeddings": 16, "hidden_size": 24,
             "intermediate_size": 40, "num_hidden_layers": 2, "num_attention_heads": 6, "num_key_value_heads": 2,
             "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "rope_scaling": null, "hidden_act": "silu",
             "attention_bias": false, "pretraining_tp": 1, "eos_token_id": [3, 4], "torch_dtype": "float32"}""";
    private static final String QWEN2 = """
            {"model_type": "qwen2", "vocab_size": 23, "max_position_embeddings": 16, "hidden_size": 24, "head_dim": 8,
             "intermediate_size": 40, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
             "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "use_sliding_window": false, "sliding_window": 4096,
             "max_window_layers": 2, "tie_word_embeddings": true}""";
    private static final Map<String, String> CONFIGS = Map.of(
            "gpt2",
            GPT2,
            "gpt2_untied",
            GPT2.replace("\"n_ctx\": 16", "\"tie_word_embeddings\": false"),
            "llama",
            LLAMA,
            "qwen2",
            QWEN2);

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("model"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt2_untied", "llama", "qwen2"})
    void computesWhatPyTorchComputes(String name) throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            store(golden, name);
            LanguageModel model = HuggingFace.read(folder);
            // FLOAT32 on both sides; hidden states up to 5, logits up to 10.
            golden.check(name + ".hidden", model.hidden(golden.get("tokens"), null), 1e-5);
            golden.check(name + ".logits", model.forward(golden.get("tokens"), null), 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt2_untied", "llama", "qwen2"})
    void answersTheSameAfterWritingAndReading(String name) throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            Map<String, Tensor> weights = store(golden, name);
            LanguageModel model = HuggingFace.read(folder);
            HuggingFace.write(temporary.resolve("single"), model);
            HuggingFace.write(temporary.resolve("parts"), model, 8000);
            assertThat(fileCount(temporary.resolve("parts"))).isGreaterThan(4);
            float[] logits = model.forward(golden.get("tokens"), null).toFloats();
            for (String copy : new String[] {"single", "parts"}) {
                LanguageModel read = HuggingFace.read(temporary.resolve(copy));
                assertThat(read.forward(golden.get("tokens"), null).toFloats()).isEqualTo(logits);
                assertThat(WeightFiles.read(temporary.resolve(copy)).keySet())
                        .containsExactlyInAnyOrderElementsOf(weights.keySet());
            }
            Safetensors.read(temporary.resolve("single/model.safetensors"))
                    .tensors()
                    .forEach((key, tensor) -> assertThat(tensor.toFloats())
                            .as(key)
                            .isEqualTo(weights.get(key).toFloats()));
        }
    }

    @Test
    void keepsStretchedRotations() throws IOException {
        try (Scope scope = Scope.inference()) {
            Llama.Details details = new Llama.Details(1e-5, 500_000, new Rotary.Scaling(8, 1, 4, 8192), false, false);
            Llama.Config config = new Llama.Config(7, 9, 1, 8, 12, new Llama.Heads(4, 2, 6), details);
            HuggingFace.write(temporary.resolve("copy"), config.build(Random.of(1)));
            assertThat(((Llama) HuggingFace.read(temporary.resolve("copy"))).config())
                    .isEqualTo(config);
            String text = Files.readString(temporary.resolve("copy/config.json"));
            // Transformers 5 writes the base and the scaling together.
            String joined = text.replaceAll("\"rope_theta\" : 500000.0,", "")
                    .replace("\"rope_scaling\" : {", "\"rope_parameters\" : {\"rope_theta\": 500000.0,");
            assertThat(joined).isNotEqualTo(text);
            Files.writeString(temporary.resolve("copy/config.json"), joined);
            assertThat(((Llama) HuggingFace.read(temporary.resolve("copy"))).config())
                    .isEqualTo(config);
        }
    }

    @Test
    void readsFilesOfTheModelWithoutItsHeadAndOldOnes() throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            Map<String, Tensor> weights = new LinkedHashMap<>();
            golden.under("gpt2.weights").forEach((name, value) -> weights.put(name.replace("transformer.", ""), value));
            weights.put("h.0.attn.bias", Tensor.ones(DType.UINT8, 1, 1, 16, 16));
            weights.put("h.1.attn.masked_bias", Tensor.full(-1e4, DType.FLOAT32));
            store(GPT2, weights);
            golden.check("gpt2.logits", HuggingFace.read(folder).forward(golden.get("tokens"), null), 1e-5);

            Map<String, Tensor> llama = golden.under("llama.weights");
            llama.put("model.layers.0.self_attn.rotary_emb.inv_freq", Tensor.ones(DType.FLOAT32, 2));
            store(LLAMA, llama);
            golden.check("llama.logits", HuggingFace.read(folder).forward(golden.get("tokens"), null), 1e-5);
        }
    }

    /** BFLOAT16 keeps 8 bits: as FLOAT32 the same numbers, kept so near. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "qwen2"})
    void readsHalfPrecision(String name) throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            for (DType dtype : new DType[] {DType.BFLOAT16, DType.FLOAT16}) {
                Map<String, Tensor> narrow = new LinkedHashMap<>();
                golden.under(name + ".weights").forEach((key, value) -> narrow.put(key, value.to(dtype)));
                store(CONFIGS.get(name), narrow);
                LanguageModel wide = HuggingFace.read(folder);
                LanguageModel kept = HuggingFace.readAsStored(folder);
                assertThat(Parameters.of(wide).trainable()).allMatch(weight -> weight.dtype() == DType.FLOAT32);
                assertThat(Parameters.of(kept).trainable()).allMatch(weight -> weight.dtype() == dtype);
                Tensor expected = wide.forward(golden.get("tokens"), null);
                golden.check(name + ".logits", expected, 0.3);
                Tensor logits = kept.forward(golden.get("tokens"), kept.cache(2, 16));
                assertThat(logits.dtype()).isEqualTo(dtype);
                assertThat(logits.toDoubles()).containsExactly(expected.toDoubles(), within(0.3));
            }
        }
    }

    @Test
    void keepsNoFileMapped() throws IOException {
        try (Scope scope = Scope.inference()) {
            try (Scope inner = Scope.open()) {
                store(golden(), "llama");
            }
            long before = Engine.liveTensors();
            LanguageModel model = HuggingFace.read(folder);
            assertThat(Engine.liveTensors() - before)
                    .isEqualTo(Parameters.of(model).all().size());
        }
    }

    @Test
    void namesTheTokensThatEndATextInTheConfiguration() throws IOException {
        try (Scope scope = Scope.inference()) {
            store(golden(), "gpt2");
            assertThat(GenerationConfig.read(folder).ends()).containsExactly(22L);
            store(golden(), "llama");
            assertThat(GenerationConfig.read(folder).ends()).containsExactly(3L, 4L);
            store(golden(), "qwen2");
            assertThat(GenerationConfig.read(folder).ends()).isEmpty();
        }
    }

    @Test
    void namesEveryWrongTensor() throws IOException {
        try (Scope scope = Scope.inference()) {
            Map<String, Tensor> weights = golden().under("gpt2.weights");
            weights.remove("transformer.h.1.ln_1.bias");
            weights.put("transformer.h.0.ln_2.weight", Tensor.ones(DType.FLOAT32, 23));
            weights.put("transformer.ln_f.bias", Tensor.ones(DType.INT64, 24));
            weights.put("transformer.h.2.ln_1.bias", Tensor.ones(DType.FLOAT32, 24));
            weights.put("score.weight", Tensor.ones(DType.FLOAT32, 2, 24));
            weights.put("lm_head.weight", Tensor.ones(DType.FLOAT32, 23, 24));
            store(GPT2, weights);
            assertThatThrownBy(() -> HuggingFace.read(folder))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessage("the weights in " + folder + " must be those that config.json describes. Received: "
                            + "'transformer.h.0.ln_2.weight' must have shape [24], got [23]; "
                            + "'transformer.h.1.ln_1.bias' is missing; "
                            + "'transformer.ln_f.bias' must hold floating numbers, got INT64; "
                            + "'lm_head.weight' differs from 'transformer.wte.weight', which it is tied to; "
                            + "'score.weight' is unexpected; 'transformer.h.2.ln_1.bias' is unexpected");
            Map<String, Tensor> tied = golden().under("gpt2.weights");
            tied.put("lm_head.weight", tied.get("transformer.wte.weight"));
            store(GPT2, tied);
            assertThat(HuggingFace.read(folder)).isInstanceOf(Gpt.class);
        }
    }

    @Test
    void namesEveryKeyThatIsNotSupported() throws IOException {
        try (Scope scope = Scope.inference()) {
            store(golden(), "gpt2");
            refuses(
                    GPT2.replace("gelu_new", "relu")
                            .replace("\"n_head\": 4", "\"n_head\": \"4\", \"quantization\": {}"),
                    "'activation_function' must be one of [\"gelu_new\", \"gelu_pytorch_tanh\"] (nothing else is"
                            + " supported), got \"relu\"",
                    "'n_head' must be a whole number of at least 1, got \"4\"",
                    "'quantization' is not supported, got {}; a key that changes nothing of what the model computes"
                            + " can be removed from the file");
            refuses(
                    GPT2.replace("\"n_embd\": 24,", ""),
                    "'n_embd' must be a whole number of at least 1, but is missing");
            refuses(GPT2.replace("attn_pdrop\": 0.1", "attn_pdrop\": 0.2"), "'attn_pdrop' must be one of [0.1]");
            refuses(
                    LLAMA.replace("\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}"),
                    "'rope_scaling.type' must be one of [\"default\", \"llama3\"] (nothing else is supported), got"
                            + " \"linear\"");
            refuses(LLAMA.replace("\"attention_bias\": false", "\"attention_bias\": true"), "'attention_bias' must be");
            refuses(
                    QWEN2.replace("\"use_sliding_window\": false", "\"use_sliding_window\": true"),
                    "'use_sliding_window' must be one of [false]");
            refuses(
                    GPT2.replace("\"gpt2\"", "\"mamba\""),
                    "must be gpt2, llama or qwen2, which write texts. Received: 'mamba'");
            refuses(GPT2.replace("{", "["), "is damaged: expected a JSON object");
            refuses(GPT2.replace("{", "{\"n_head\": 4,"), "is damaged: expected a JSON object", "uplicate");
        }
    }

    @Test
    void namesWhatIsWrongWithAnIndex() throws IOException {
        try (Scope scope = Scope.inference()) {
            store(golden(), "llama");
            Path parts = temporary.resolve("parts");
            HuggingFace.write(parts, HuggingFace.read(folder), 12_000);
            Path index = parts.resolve("model.safetensors.index.json");
            String text = Files.readString(index);
            Files.writeString(index, text.replace("model.norm.weight", "model.norm.wait"));
            assertThatThrownBy(() -> HuggingFace.read(parts))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("and its files must agree. Received: 'model.norm.weight' stands in model-0");
            Files.writeString(index, text.replace("model-00001", "../model-00001"));
            assertThatThrownBy(() -> HuggingFace.read(parts))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("expected the name of a safetensors file for '");
            Files.writeString(index, "{}");
            assertThatThrownBy(() -> HuggingFace.read(parts)).hasMessageContaining("expected a weight_map");
            Files.writeString(
                    index, text.replaceFirst("\"weight_map\" : \\{", "\"weight_map\" : {\"x\" : \"a.safetensors\","));
            assertThatThrownBy(() -> HuggingFace.read(parts))
                    .hasMessageContaining("the file 'a.safetensors' is missing");
            Files.delete(index);
            assertThatThrownBy(() -> HuggingFace.read(parts))
                    .hasMessageContaining("expected model.safetensors or model.safetensors.index.json in " + parts);
            assertThatThrownBy(() -> HuggingFace.read(temporary))
                    .hasMessage("a model's folder must have a config.json. Received: " + temporary);
        }
    }

    @Test
    void writesOnlyModelsItKnowsToNewFolders() throws IOException {
        try (Scope scope = Scope.inference()) {
            store(golden(), "llama");
            LanguageModel model = HuggingFace.read(folder);
            assertThatThrownBy(() -> HuggingFace.write(folder, model))
                    .hasMessage("the folder of a new model must be empty. Received: " + folder);
            assertThatThrownBy(() -> HuggingFace.write(temporary.resolve("new"), model, 0))
                    .hasMessage("maxBytes must be at least 1. Received: 0");
        }
    }

    private void refuses(String config, String... reasons) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        assertThatThrownBy(() -> HuggingFace.read(folder)).hasMessageContainingAll(reasons);
    }

    private Map<String, Tensor> store(Golden golden, String name) throws IOException {
        Map<String, Tensor> weights = golden.under(name + ".weights");
        store(CONFIGS.get(name), weights);
        return weights;
    }

    private void store(String config, Map<String, Tensor> weights) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        Safetensors.write(folder.resolve("model.safetensors"), weights, Map.of());
    }

    private static long fileCount(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static Golden golden() {
        return Golden.of(GptTest.class);
    }
}
