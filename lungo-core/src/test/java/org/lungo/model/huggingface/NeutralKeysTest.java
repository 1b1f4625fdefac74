package org.lungo.model.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Small models with the further keys that published folders have. */
class NeutralKeysTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = temporary.resolve("model");
    }

    /** Qwen2.5, one exported again by transformers 5, one fine-tuned with Unsloth. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'use_mrope': false, 'use_sliding_window': false, 'sliding_window': 131072, 'max_window_layers': 28,"
                        + " 'attention_dropout': 0.0, 'rope_scaling': null, 'transformers_version': '4.43.1'}",
                "{'layer_types': ['full_attention', 'full_attention'], 'sliding_window': null, 'dtype': 'bfloat16',"
                        + " '_attn_implementation_autoset': true, 'rope_parameters': {'rope_theta': 10000.0,"
                        + " 'rope_type': 'default'}, 'quantization_config': null}",
                "{'unsloth_fixed': true, 'unsloth_version': '2025.1.5', 'auto_map': {'AutoModel': 'x.Y'},"
                        + " 'id2label': {'0': 'A'}, 'label2id': {'A': 0}, 'return_dict': true, 'max_length': 20,"
                        + " 'rope_scaling': {'type': 'linear', 'factor': 1.0}}"
            })
    void leaveAQwenAsItIs(String keys) throws IOException {
        computesTheSame(llama(true), keys);
    }

    /** SmolLM2, TinyLlama, Llama 2 and 3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'is_llama_config': true, 'rope_interleaved': false, 'rope_scaling': null, 'pretraining_tp': 1,"
                        + " 'transformers.js_config': {'kv_cache_dtype': {'q4f16': 'float16'}}, 'mlp_bias': false}",
                "{'_name_or_path': 'meta-llama/Llama-2-7b-hf', 'pretraining_tp': 2, 'max_sequence_length': 2048,"
                        + " 'use_cache': true, 'pad_token_id': 0, 'rope_scaling': {'rope_type': 'default', 'factor': 1}}",
                "{'use_sliding_window': false, 'sliding_window': 4096, 'max_window_layers': 1, 'is_decoder': true}"
            })
    void leaveALlamaAsItIs(String keys) throws IOException {
        computesTheSame(llama(false), keys);
    }

    /** GPT-2, DistilGPT2 and what transformers 2 wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'n_ctx': 16, 'reorder_and_upcast_attn': false, 'summary_type': 'cls_index',"
                        + " 'task_specific_params': {'text-generation': {'do_sample': true, 'max_length': 50}}}",
                "{'_num_labels': 1, 'id2label': {'0': 'LABEL_0'}, 'label2id': {'LABEL_0': 0}, 'n_ctx': 16}",
                "{'do_sample': false, 'early_stopping': false, 'finetuning_task': null, 'is_encoder_decoder': false,"
                        + " 'length_penalty': 1.0, 'max_length': 20, 'num_beams': 1, 'num_labels': 2,"
                        + " 'num_return_sequences': 1, 'output_attentions': false, 'output_hidden_states': false,"
                        + " 'output_past': true, 'pruned_heads': {}, 'repetition_penalty': 1.0, 'temperature': 1.0,"
                        + " 'top_k': 50, 'top_p': 1.0, 'torchscript': false, 'use_bfloat16': false, 'prefix': null,"
                        + " 'n_special': 0, 'predict_special_tokens': true, 'is_decoder': false}"
            })
    void leaveAGptAsItIs(String keys) throws IOException {
        try (Scope scope = Scope.inference()) {
            computesTheSame(Gpt.Config.of(11, 16, 2, 2, 8, 0.1).build(Random.of(1)), keys);
        }
    }

    /** BERT, Chinese BERT, MiniLM and bge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'gradient_checkpointing': false, 'classifier_dropout': null, 'pad_token_id': 0, 'use_cache': true}",
                "{'directionality': 'bidi', 'pooler_fc_size': 768, 'pooler_type': 'first_token_transform'}",
                "{'id2label': {'0': 'LABEL_0'}, 'label2id': {'LABEL_0': 0}, '_name_or_path': 'BAAI/bge-small-en',"
                        + " 'is_encoder_decoder': false, 'chunk_size_feed_forward': 0}"
            })
    void leaveABertAsItIs(String keys) throws IOException {
        try (Scope scope = Scope.inference()) {
            Bert bert = Bert.Config.of(11, 16, 1, 2, 8, 0.1).build(Random.of(1));
            HuggingFace.write(folder, bert);
            add(keys);
            Tensor tokens = Tensor.of(new long[] {1, 5, 3}, 1, 3);
            assertThat(HuggingFace.readBert(folder).hidden(tokens, null, null).toFloats())
                    .isEqualTo(bert.hidden(tokens, null, null).toFloats());
        }
    }

    @Test
    void areNamedWithTheirValueWhereItChangesTheModel() throws IOException {
        refuses("{'use_mrope': true}", "'use_mrope' must be one of [false] (nothing else is supported), got true");
        refuses("{'rope_interleaved': true}", "'rope_interleaved' must be one of [false]");
        refuses(
                "{'layer_types': ['full_attention', 'sliding_attention']}",
                "'layer_types' must be 'full_attention' for every layer (nothing else is supported), got"
                        + " [\"full_attention\",\"sliding_attention\"]");
        refuses("{'layer_types': 'full_attention'}", "'layer_types' must be a list of names");
        refuses("{'use_sliding_window': true, 'sliding_window': 8}", "'use_sliding_window' must be one of [false]");
        refuses("{'sliding_window': 8}", "'sliding_window' is not supported, got 8");
        refuses("{'partial_rotary_factor': 0.5}", "'partial_rotary_factor' must be one of [1.0]");
        refuses("{'pruned_heads': {'0': [1]}}", "'pruned_heads' must be one of [{}]");
        refuses(
                "{'rope_scaling': {'type': 'yarn', 'factor': 4.0}}",
                "'rope_scaling.type' must be one of [\"default\", \"llama3\"] (nothing else is supported), got \"yarn\"");
        refuses("{'rope_scaling': {'type': 'default', 'low': 1}}", "'rope_scaling.low' is not supported, got 1");
        refuses("{'rope_scaling': {'type': 'default', 'factor': 4.0}}", "'rope_scaling.factor' must be one of [1.0]");
        refuses(
                "{'quantization_config': {'quant_method': 'gptq', 'bits': 4}}",
                "'quantization_config' is not supported, got {\"quant_method\":\"gptq\",\"bits\":4}; a key that changes"
                        + " nothing of what the model computes can be removed from the file");
        refuses("{'words': '" + "x".repeat(200) + "'}", "'words' is not supported, got \"" + "x".repeat(99) + "...;");
    }

    private void refuses(String keys, String reason) throws IOException {
        folder = Files.createTempDirectory(temporary, "model");
        try (Scope scope = Scope.inference()) {
            HuggingFace.write(folder, llama(false));
            add(keys);
            assertThatThrownBy(() -> HuggingFace.read(folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(reason);
        }
    }

    private static LanguageModel llama(boolean qwen) {
        Llama.Details details = new Llama.Details(1e-6, 10_000, null, false, qwen);
        return new Llama.Config(11, 16, 2, 8, 12, new Llama.Heads(2, 1, 4), details).build(Random.of(1));
    }

    private void computesTheSame(LanguageModel model, String keys) throws IOException {
        try (Scope scope = Scope.inference()) {
            HuggingFace.write(folder, model);
            add(keys);
            Tensor tokens = Tensor.of(new long[] {1, 5, 3}, 1, 3);
            assertThat(HuggingFace.read(folder).forward(tokens, null).toFloats())
                    .isEqualTo(model.forward(tokens, null).toFloats());
        }
    }

    private void add(String keys) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(Files.readString(file));
        config.setAll((ObjectNode) JSON.readTree(keys.replace('\'', '"')));
        Files.writeString(file, config.toString());
    }
}
