package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.model.Llama;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** The commands on folders that other tools wrote. */
class HuggingFaceFoldersTest {
    @TempDir
    private static Path temporary;

    /** A Llama of a tokenizer of bytes, with places for {@code more} tokens that this does not know. */
    private static Path folder(String name, int more) throws IOException {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.BPE, 259)
                .withSpecialTokens(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"))
                .train(List.of("The cat and the hat").iterator());
        Path model = temporary.resolve(name);
        try (Scope scope = Scope.open()) {
            Llama.Config config = new Llama.Config(
                    tokenizer.size() + more, 128, 1, 16, 32, new Llama.Heads(2, 2, 8), Llama.Details.LLAMA);
            new LanguageBundle(config.build(Random.of(5)), tokenizer).export(model);
        }
        return model;
    }

    private static Shell generate(Path model, String... flags) {
        return generate(24, model, flags);
    }

    private static Shell generate(int tokens, Path model, String... flags) {
        List<String> all = new ArrayList<>(
                List.of("generate", model.toString(), "--prompt", "The cat", "--max-tokens", tokens + "", "--json"));
        all.addAll(List.of(flags));
        Shell outcome = Shell.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    /** The token that comes second is named as one that ends a text. */
    @Test
    void endWhereTheGenerationConfigSays() throws IOException {
        Path model = folder("ends", 0);
        String first = generate(1, model, "--temperature", "0").out();
        int second = secondToken(model);
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [" + second + ", 0]}");
        assertThat(generate(model, "--temperature", "0").out())
                .isEqualTo(first.replace("\"length\"", "\"stop\""))
                .contains("\"completion_tokens\":1,\"finish_reason\":\"stop\"");
    }

    private static int secondToken(Path model) throws IOException {
        try (Scope scope = Scope.inference()) {
            LanguageBundle bundle = LanguageBundle.load(model);
            long[] tokens = Arrays.stream(bundle.tokenizer().encode("The cat"))
                    .mapToLong(id -> id)
                    .toArray();
            int next = 0;
            for (int i = 0; i < 2; i++) {
                float[] logits = bundle.model()
                        .forward(Tensor.of(tokens, 1, tokens.length), null)
                        .select(1, -1)
                        .toFloats();
                next = 0;
                for (int id = 0; id < logits.length; id++) {
                    next = logits[id] > logits[next] ? id : next;
                }
                tokens = Arrays.copyOf(tokens, tokens.length + 1);
                tokens[tokens.length - 1] = next;
            }
            return next;
        }
    }

    @Test
    void drawAsTheGenerationConfigSaysUnlessAFlagDoes() throws IOException {
        Path model = folder("draws", 0);
        String greedy = generate(model, "--temperature", "0").out();
        assertThat(generate(model).out()).isNotEqualTo(greedy);
        Files.writeString(
                model.resolve("generation_config.json"), "{\"do_sample\": true, \"top_k\": 1, \"temperature\": 1.5}");
        assertThat(generate(model).out()).isEqualTo(greedy);
        assertThat(generate(model, "--seed", "7").out()).isEqualTo(greedy);
        assertThat(generate(model, "--top-k", "0").out()).isNotEqualTo(greedy);
        assertThat(generate(model, "--beams", "2").out()).contains("finish_reason");
        assertThat(Shell.run("inspect", model.toString()).out())
                .contains("It has no manifest, as folders of Hugging Face's: its files are not verified.")
                .contains("It has no golden examples.")
                .contains("Its texts end at <|endoftext|>. Unless asked otherwise it draws with temperature 1.5,"
                        + " top_k 1 (generation_config.json).");
        assertThat(Shell.run("inspect", model.toString(), "--json").out())
                .contains("\"end_tokens\":[\"<|endoftext|>\"]", "\"sampling\":{\"temperature\":1.5,\"top_k\":1}");
        Path prompts = Files.writeString(temporary.resolve("prompts.txt"), "The cat\n");
        Path out = temporary.resolve("texts.jsonl");
        assertThat(Shell.run("predict", model.toString(), prompts.toString(), "--out", out.toString())
                        .code())
                .isZero();
        String text = greedy.substring(greedy.indexOf(':') + 2, greedy.indexOf("\",\"prompt_tokens"));
        assertThat(Files.readString(out)).contains("\"text\":\"" + text);
    }

    @Test
    void writeOnlyTokensOfTheirTokenizer() throws IOException {
        Path model = folder("padded", 300);
        for (String[] flags :
                new String[][] {{"--temperature", "0"}, {"--temperature", "3"}, {"--beams", "4"}, {"--top-k", "400"}}) {
            assertThat(generate(100, model, flags).out()).contains("\"finish_reason\"");
        }
    }

    @Test
    void areExportedWithWhatOtherLibrariesRead() throws IOException {
        Path model = folder("exported", 0);
        Path out = temporary.resolve("copy");
        assertThat(Shell.run("export", model.toString(), "--to", "huggingface", "--out", out.toString())
                        .out())
                .isEqualTo(out + ": config.json, generation_config.json, model.safetensors, tokenizer.json,"
                        + " tokenizer_config.json" + System.lineSeparator());
        for (String file : List.of("config.json", "generation_config.json", "tokenizer_config.json")) {
            assertThat(out.resolve(file)).hasSameTextualContentAs(model.resolve(file));
        }
    }

    @Test
    void passTheirEndTokensAndTemplateOnToWhatBeginsWithThem() throws IOException {
        Path model = folder("base", 0);
        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages[0].content }}");
        Files.writeString(
                model.resolve("generation_config.json"),
                "{\"eos_token_id\": [2, 0], \"do_sample\": true, \"temperature\": 0.5}");
        Path corpus = Files.writeString(temporary.resolve("corpus.txt"), "The cat and the hat.\n".repeat(200));
        Path run = temporary.resolve("run");
        Shell trained = Shell.run(
                "train",
                corpus.toString(),
                "--out",
                run.toString(),
                "--set",
                "model.from='" + model + "'",
                "--set",
                "model.context=32",
                "--set",
                "train.epochs=1",
                "--set",
                "train.steps_per_epoch=2");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readString(run.resolve("model/generation_config.json")).replaceAll("\\s", ""))
                .isEqualTo("{\"bos_token_id\":0,\"eos_token_id\":[2,0],\"pad_token_id\":0,\"do_sample\":true,"
                        + "\"temperature\":0.5}");
        assertThat(Files.readString(run.resolve("model/tokenizer_config.json")))
                .contains("\"chat_template\" : \"{{ messages[0].content }}\"");
        assertThat(Shell.run("inspect", run.toString()).out())
                .contains("Its texts end at <|im_end|>, <|endoftext|>. Unless asked otherwise it draws with temperature"
                        + " 0.5 (generation_config.json).");
    }

    @Test
    void areRefusedForWhatIsNotSupportedAndNotAsDamaged() throws IOException {
        Path model = folder("refused", 0);
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"use_mrope\": true,"));
        assertThat(Shell.run("generate", model.toString()))
                .matches(o -> o.code() == 2 && o.err().startsWith("error E200: " + config))
                .matches(o ->
                        o.err().contains("'use_mrope' must be one of [false] (nothing else is supported), got true"));
        Files.writeString(config, Files.readString(config).replace("\"use_mrope\": true,", ""));
        Path weights = model.resolve("model.safetensors");
        byte[] header =
                "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}".getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[8 + header.length + 8];
        file[0] = (byte) header.length;
        System.arraycopy(header, 0, file, 8, header.length);
        Files.write(weights, file);
        assertThat(Shell.run("generate", model.toString()))
                .matches(o -> o.code() == 2)
                .matches(o -> o.err()
                        .equals("error E200: the tensors of " + weights + " must be of the types F32, F64, F16,"
                                + " BF16, I64, I32, I16, I8, U8, BOOL; convert the file to one of them. Received: 'x' of type"
                                + " F8_E4M3, which is not supported" + System.lineSeparator()));
    }
}
