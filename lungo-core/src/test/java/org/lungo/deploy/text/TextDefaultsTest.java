package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in {@code generation_config.json} and {@code tokenizer_config.json}, after reading and writing. */
class TextDefaultsTest {
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
            .withSpecialTokens(List.of("<unk>", "<s>", "<|im_end|>", "<|endoftext|>"))
            .train(List.of("abcdefgh").iterator());

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void export() throws IOException {
        folder = temporary.resolve("model");
        try (Scope scope = Scope.open()) {
            new LanguageBundle(Gpt.Config.of(TOKENIZER.size(), 16, 1, 2, 8, 0).build(Random.of(1)), TOKENIZER)
                    .export(folder);
        }
    }

    private static long id(String token) {
        return Objects.requireNonNull(TOKENIZER.id(token));
    }

    private static JsonNode json(Path folder, String file) throws IOException {
        return new JsonMapper().readTree(Files.readString(folder.resolve(file)));
    }

    private static TextDefaults load(Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            return LanguageBundle.load(folder).defaults();
        }
    }

    @Test
    void nameTheEndOfDocumentsOfAModelOfOurs() throws IOException {
        long end = id("<|endoftext|>");
        for (String file : List.of("config.json", "generation_config.json")) {
            for (String key : List.of("bos_token_id", "eos_token_id", "pad_token_id")) {
                assertThat(json(folder, file).path(key).asLong(-1))
                        .as(file + key)
                        .isEqualTo(end);
            }
        }
        assertThat(json(folder, "generation_config.json").has("do_sample")).isFalse();
        assertThat(json(folder, "tokenizer_config.json")).isEqualTo(new JsonMapper().readTree("""
                        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 16,
                         "clean_up_tokenization_spaces": false, "bos_token": "<|endoftext|>",
                         "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}"""));
        assertThat(load(folder)).isEqualTo(TextDefaults.of(TOKENIZER));
        Files.delete(folder.resolve("generation_config.json"));
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertThat(load(folder)).isEqualTo(TextDefaults.of(TOKENIZER));
        Files.writeString(
                folder.resolve("config.json"),
                Files.readString(folder.resolve("config.json")).replaceAll("\"(bos|eos|pad)_token_id\" : \\d+,", ""));
        assertThat(load(folder)).isEqualTo(TextDefaults.of(TOKENIZER)); // as earlier versions wrote it
    }

    @Test
    void areKeptWhenAFolderOfAnotherToolIsExported() throws IOException {
        long end = id("<|im_end|>");
        Files.writeString(folder.resolve("generation_config.json"), """
                {"bos_token_id": %d, "eos_token_id": [%d, %d], "do_sample": true, "temperature": 0.7, "top_k": 20,
                 "top_p": 0.8, "repetition_penalty": 1.1, "max_new_tokens": 2048}""".formatted(id("<s>"), end, id("<|endoftext|>")));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"bos_token\": null, \"eos_token\": {\"content\": \"<|im_end|>\"}, \"pad_token\": \"<s>\"}");
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].content }}");
        TextDefaults read = load(folder);
        assertThat(read.sampling()).isEqualTo(new Sampling(0.7, 20, 0.8, 0, 1.1));
        assertThat(read.generation().ends()).containsExactly(end, id("<|endoftext|>"));
        Path copy = temporary.resolve("copy");
        try (Scope scope = Scope.open()) {
            LanguageBundle.load(folder).export(copy);
        }
        assertThat(load(copy)).isEqualTo(read);
        assertThat(json(copy, "config.json").path("eos_token_id").size()).isEqualTo(2);
        assertThat(json(copy, "generation_config.json").path("top_k").isIntegralNumber())
                .isTrue();
        assertThat(json(copy, "tokenizer_config.json").path("chat_template").asString())
                .isEqualTo("{{ messages[0].content }}");
        assertThat(json(copy, "tokenizer_config.json").path("eos_token").asString())
                .isEqualTo("<|im_end|>");
    }

    @Test
    void drawPlainlyUnlessTheFolderSamples() throws IOException {
        for (String draws : List.of("", "\"do_sample\": false, ", "\"do_sample\": null, ")) {
            Files.writeString(
                    folder.resolve("generation_config.json"), "{" + draws + "\"temperature\": 0.5, \"top_k\": 3}");
            assertThat(load(folder).sampling()).isEqualTo(Sampling.PLAIN);
        }
        Files.writeString(
                folder.resolve("generation_config.json"), "{\"do_sample\": true, \"top_p\": null, \"min_p\": 0.1}");
        assertThat(load(folder).sampling()).isEqualTo(Sampling.PLAIN.minP(0.1));
    }

    @Test
    void refuseWhatCannotBeUsed() throws IOException {
        refuses(
                "{\"do_sample\": true, \"top_p\": 0}",
                "a value in generation_config.json cannot be used: topP must be above 0 and at most 1. Received: 0.0;"
                        + " correct it, or set do_sample to false");
        refuses(
                "{\"do_sample\": true, \"top_p\": \"0.9\"}",
                "'top_p' in generation_config.json must be a number. Received: \"0.9\"");
        refuses(
                "{\"eos_token_id\": [2, \"x\"]}",
                "'eos_token_id' in generation_config.json must be a number or a list of numbers. Received: [2,\"x\"]");
        refuses("[]", "generation_config.json is damaged: expected a JSON object. Received: another value");
    }

    private void refuses(String json, String message) throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), json);
        assertThatThrownBy(() -> load(folder)).hasMessageEndingWith(message);
    }

    @Test
    void nameTheSpecialTokensOfABert() throws IOException {
        Tokenizer words = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 40)
                .train(List.of("abcdefgh", "abcdefgh").iterator());
        Path out = temporary.resolve("bert");
        try (Scope scope = Scope.open()) {
            Bert bert = Bert.Config.of(words.size(), 12, 1, 2, 8, 0.1).build(Random.of(1));
            new BertBundle(bert, null, words).export(out);
        }
        assertThat(json(out, "config.json").path("pad_token_id").asInt(-1)).isEqualTo(words.id("[PAD]"));
        assertThat(json(out, "tokenizer_config.json")).isEqualTo(new JsonMapper().readTree("""
                        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 12,
                         "clean_up_tokenization_spaces": false, "pad_token": "[PAD]", "unk_token": "[UNK]",
                         "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}"""));
        assertThat(out.resolve("generation_config.json")).doesNotExist();
    }
}
