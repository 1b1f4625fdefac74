package org.lungo.model.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.model.Bert;
import org.lungo.model.GptTest;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

/** A small BERT whose weights and answers an independent PyTorch implementation made, as Hugging Face stores it. */
class BertFilesTest {
    private static final String CONFIG = """
            {"model_type": "bert", "architectures": ["BertForMaskedLM"], "vocab_size": 23, "max_position_embeddings": 16,
             "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 40,
             "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "hidden_dropout_prob": 0.1,
             "attention_probs_dropout_prob": 0.1, "pad_token_id": 0, "initializer_range": 0.02,
             "position_embedding_type": "absolute", "directionality": "bidi", "pooler_type": "first_token_transform"}""";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("model"));
    }

    /** FLOAT32 on both sides; hidden states up to 3, logits up to 8. One text is padded. */
    @Test
    void computesWhatPyTorchComputes() throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            store(golden.under("bert.weights"));
            check(golden, masked(folder));
            Bert bert = HuggingFace.readBert(folder);
            Tensor hidden = hidden(golden, bert);
            golden.check("bert.hidden", hidden, 1e-5);
            golden.check("bert.pooled", bert.pooled(hidden), 1e-5);
        }
    }

    @Test
    void answersTheSameAfterWritingAndReading() throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            Map<String, Tensor> weights = golden.under("bert.weights");
            store(weights);
            MaskedLanguageModel model = masked(folder);
            HuggingFace.write(temporary.resolve("masked"), model);
            HuggingFace.write(temporary.resolve("plain"), HuggingFace.readBert(folder));
            Map<String, Tensor> written = Safetensors.read(temporary.resolve("masked/model.safetensors"))
                    .tensors();
            assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(weights.keySet());
            written.forEach((name, tensor) -> assertThat(tensor.toFloats())
                    .as(name)
                    .isEqualTo(weights.get(name).toFloats()));
            assertThat(masked(temporary.resolve("masked")).bert().config())
                    .isEqualTo(model.bert().config());
            check(golden, masked(temporary.resolve("masked")));
            assertThat(HuggingFace.readMasked(temporary.resolve("plain"))).isNull();
            golden.check("bert.hidden", hidden(golden, HuggingFace.readBert(temporary.resolve("plain"))), 1e-5);
        }
    }

    /** As google's bert-base-uncased of 2018 stands: with the head of next sentences, and the tied weights again. */
    @Test
    void readsOldFilesAndThoseOfTheBareModel() throws IOException {
        try (Scope scope = Scope.inference()) {
            Golden golden = golden();
            Map<String, Tensor> old = new LinkedHashMap<>();
            golden.under("bert.weights")
                    .forEach((name, value) -> old.put(
                            name.replace("LayerNorm.weight", "LayerNorm.gamma")
                                    .replace("LayerNorm.bias", "LayerNorm.beta"),
                            value));
            old.put("cls.predictions.decoder.weight", old.get("bert.embeddings.word_embeddings.weight"));
            old.put("cls.predictions.decoder.bias", old.get("cls.predictions.bias"));
            old.put("cls.seq_relationship.weight", Tensor.ones(DType.FLOAT32, 2, 24));
            old.put("cls.seq_relationship.bias", Tensor.ones(DType.FLOAT32, 2));
            old.put("bert.embeddings.position_ids", Tensor.arange(16).reshape(1, 16));
            store(old);
            check(golden, masked(folder));

            Map<String, Tensor> bare = new LinkedHashMap<>();
            golden.under("bert.weights").forEach((name, value) -> {
                if (name.startsWith("bert.") && !name.contains("pooler")) {
                    bare.put(name.substring(5), value);
                }
            });
            store(bare);
            Bert bert = HuggingFace.readBert(folder);
            assertThat(bert.pooler()).isNull();
            golden.check("bert.hidden", hidden(golden, bert), 1e-5);
            assertThat(HuggingFace.readMasked(folder)).isNull();
        }
    }

    @Test
    void keepsNoFileMapped() throws IOException {
        try (Scope scope = Scope.inference()) {
            try (Scope inner = Scope.open()) {
                store(golden().under("bert.weights"));
            }
            long before = Engine.liveTensors();
            MaskedLanguageModel model = masked(folder);
            assertThat(Engine.liveTensors() - before)
                    .isEqualTo(Parameters.of(model).all().size());
        }
    }

    @Test
    void namesWhatItDoesNotSupport() throws IOException {
        try (Scope scope = Scope.inference()) {
            Map<String, Tensor> weights = golden().under("bert.weights");
            weights.put("cls.predictions.decoder.weight", Tensor.ones(DType.FLOAT32, 23, 24));
            weights.put("classifier.weight", Tensor.ones(DType.FLOAT32, 2, 24));
            weights.remove("bert.encoder.layer.1.output.dense.bias");
            store(weights);
            assertThatThrownBy(() -> HuggingFace.readMasked(folder))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContainingAll(
                            "'bert.encoder.layer.1.output.dense.bias' is missing",
                            "'cls.predictions.decoder.weight' differs from 'bert.embeddings.word_embeddings.weight',"
                                    + " which it is tied to",
                            "'classifier.weight' is unexpected");
            refuses(CONFIG.replace("\"gelu\"", "\"relu\""), "'hidden_act' must be one of [\"gelu\"]");
            refuses(CONFIG.replace("absolute", "relative_key"), "'position_embedding_type' must be one of");
            refuses(
                    CONFIG.replace("\"pad_token_id\"", "\"is_decoder\": true, \"pad_token_id\""),
                    "'is_decoder' must be");
            refuses(CONFIG.replace("\"pad_token_id\"", "\"embedding_size\""), "'embedding_size' is not supported");
            refuses(
                    CONFIG.replace("\"bert\"", "\"roberta\""),
                    "the folder of a BERT must have a config.json whose 'model_type' is bert. Received: " + folder);
            store(golden().under("bert.weights"));
            assertThatThrownBy(() -> HuggingFace.read(folder))
                    .hasMessage("'model_type' in " + folder.resolve("config.json")
                            + " must be gpt2, llama or qwen2, which write texts. Received: 'bert', which reads them:"
                            + " fine-tune it, or take its vectors");
        }
    }

    private void refuses(String config, String reason) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        assertThatThrownBy(() -> HuggingFace.readBert(folder)).hasMessageContaining(reason);
    }

    private static void check(Golden golden, MaskedLanguageModel model) {
        golden.check("bert.hidden", hidden(golden, model.bert()), 1e-5);
        golden.check(
                "bert.logits", model.forward(golden.get("tokens"), golden.get("types"), golden.get("visible")), 1e-5);
    }

    private static Tensor hidden(Golden golden, Bert bert) {
        return bert.hidden(golden.get("tokens"), golden.get("types"), golden.get("visible"));
    }

    private static MaskedLanguageModel masked(Path folder) throws IOException {
        return Objects.requireNonNull(HuggingFace.readMasked(folder));
    }

    private void store(Map<String, Tensor> weights) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Safetensors.write(folder.resolve("model.safetensors"), weights, Map.of());
    }

    private static Golden golden() {
        return Golden.of(GptTest.class);
    }
}
