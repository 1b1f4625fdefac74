package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchResult;
import org.lungo.deploy.batch.Counts;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextServing;
import org.lungo.deploy.text.Written;
import org.lungo.model.Bert;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code lungo predict} with a language model, through its family. */
@ExtendWith(DirtyMemory.class)
class TextPredictionTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    private Path run;

    /** As many texts at once as {@code serve.json} says: 3, fewer than there are. */
    @BeforeEach
    void save() throws IOException {
        run = folder.resolve("run");
        save(run, 3);
    }

    private static void save(Path run, int maxTexts) throws IOException {
        try (Scope scope = Scope.open()) {
            TextServing serving = new TextServing(ServeConfig.DEFAULTS, maxTexts, null);
            SmallTexts.generator(true).bundle().save(run.resolve("model"), serving, List.of());
        }
    }

    @Test
    void answersEachLineAsTheServerDoesInTheirOrder() throws Exception {
        List<JsonNode> lines = predicted("texts.txt", String.join("\n", SmallTexts.PROMPTS) + "\n");
        List<JsonNode> served = served(run, SmallTexts.PROMPTS);
        assertThat(lines).hasSize(SmallTexts.PROMPTS.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).propertyNames()).containsExactly("prompt", "text", "ended");
            assertThat(lines.get(i).get("prompt").asString()).isEqualTo(SmallTexts.PROMPTS.get(i));
            assertThat(lines.get(i).get("text")).isEqualTo(served.get(i).get("text"));
            assertThat(lines.get(i).get("ended")).isEqualTo(served.get(i).get("ended"));
        }
    }

    @Test
    void aJsonLineSaysHowItIsContinuedAndKeepsItsFields() throws IOException {
        List<JsonNode> lines = predicted("texts.jsonl", """
                {"id": 7, "text": "bcde", "max_tokens": 9, "seed": 3, "tag": {"a": [1, null]}}
                {"prompt": "a", "temperature": 0, "max_tokens": 30, "stop": null}
                {"text": "cab", "temperature": 0.7, "top_k": 5, "top_p": 0.9, "min_p": 0.01, "repetition_penalty": 1.2}
                {"text": "cab", "stop": "b", "n": 4}

                {"text": "cab", "stop": ["zz", "b"], "max_tokens": 1000000}
                {"text": "ed", "seed": -5, "max_tokens": 60}
                """);
        Sampling picky =
                Sampling.PLAIN.temperature(0.7).topK(5).topP(0.9).minP(0.01).repetitionPenalty(1.2);
        List<GenerationSettings> settings = List.of(
                new GenerationSettings(9, Sampling.PLAIN, List.of(), 3),
                new GenerationSettings(30, Sampling.GREEDY, List.of(), 42),
                new GenerationSettings(50, picky, List.of(), 42),
                new GenerationSettings(50, Sampling.PLAIN, List.of("b"), 42),
                new GenerationSettings(1_000_000, Sampling.PLAIN, List.of("zz", "b"), 42),
                new GenerationSettings(60, Sampling.PLAIN, List.of(), -5));
        assertThat(lines).hasSize(settings.size());
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(run);
            for (int i = 0; i < lines.size(); i++) {
                Written alone = generator.generate(lines.get(i).get("prompt").asString(), settings.get(i), piece -> {});
                assertThat(lines.get(i).get("text").asString()).as("line " + i).isEqualTo(alone.text());
                assertThat(lines.get(i).get("ended").asBoolean()).isEqualTo(alone.stopped());
            }
        }
        assertThat(lines.get(0).propertyNames())
                .containsExactly("id", "prompt", "max_tokens", "seed", "tag", "text", "ended");
        assertThat(lines.get(0).get("tag").toString()).isEqualTo("{\"a\":[1,null]}");
        assertThat(lines.get(3).get("ended").asBoolean()).isTrue();
    }

    /** There are more texts than are read at once, and different texts share a batch when fewer are written at once. */
    @Test
    void theSameFileHasTheSameAnswersHoweverItsLinesShareBatches() throws IOException {
        StringBuilder texts = new StringBuilder();
        IntStream.range(0, 260)
                .forEach(i -> texts.append("{\"text\":\"")
                        .append("abcdefgh".charAt(i % 8))
                        .append("\",\"max_tokens\":")
                        .append(1 + i % 3)
                        .append("}\n"));
        Path alone = Files.createTempDirectory(folder, "alone");
        save(alone, 1);
        Path in = Files.writeString(folder.resolve("many.jsonl"), texts);
        List<Counts> reported = new ArrayList<>();
        BatchResult result = predict(run, in, "first.jsonl", reported::add);
        predict(run, in, "second.jsonl", BatchListener.NONE);
        predict(alone, in, "alone.jsonl", BatchListener.NONE);
        String first = Files.readString(folder.resolve("first.jsonl"));
        assertThat(first.lines()).hasSize(260);
        assertThat(Files.readString(folder.resolve("second.jsonl"))).isEqualTo(first);
        assertThat(Files.readString(folder.resolve("alone.jsonl"))).isEqualTo(first);
        assertThat(reported)
                .isEqualTo(IntStream.rangeClosed(1, 260)
                        .mapToObj(i -> new Counts(i, 0, 0))
                        .toList());
        assertThat(result.values()).containsEntry("texts", 260L).containsEntry("tokens", 519L);
        assertThat(result.text())
                .startsWith("260 texts continued, 519 tokens written in ")
                .endsWith(": " + folder.resolve("first.jsonl"));
    }

    @Test
    void namesTheLineThatItCannotUseBeforeItWrites() throws IOException {
        refused(
                "{\"text\": \"a\", \"prompt\": \"b\"}",
                "'prompt' and 'text' are both the text to continue; leave one" + " out, or rename it");
        refused("{\"words\": 1}", "expected an object with a text in 'prompt' or 'text'. Received: {\"words\": 1}");
        refused("{\"text\": null}", "expected an object with a text in 'prompt' or 'text'. Received: {\"text\": null}");
        refused("{\"text\": \"" + "a".repeat(1_000_001) + "\"}", "the text cannot be read by this model's tokenizer: ");
        refused(
                "{\"text\": \"abcabcabcabcabcabcabcabc\"}",
                "the text must have at most 23 tokens, for the model's context. Received: 24 tokens;"
                        + " shorten it, or use a model with a longer context");
        refused(said("max_tokens", "0"), "'max_tokens' must be a whole number between 1 and 1000000. Received: 0");
        refused(said("max_tokens", "2.0"), "'max_tokens' must be a whole number between 1 and 1000000. Received: 2.0");
        refused(said("top_k", "-1"), "'top_k' must be a whole number between 0 and 2147483647. Received: -1");
        refused(said("seed", "1e30"), "'seed' must be a whole number between ");
        refused(said("seed", "99999999999999999999"), "'seed' must be a whole number between ");
        refused(said("temperature", "23.5"), "'temperature' must be a number between 0 and 2. Received: 23.5");
        refused(said("temperature", "\"hot\""), "'temperature' must be a number between 0 and 2. Received: \"hot\"");
        refused(said("top_p", "0"), "'top_p' must be a number above 0 and at most 1. Received: 0");
        refused(said("min_p", "2"), "'min_p' must be a number between 0 and 1. Received: 2");
        refused(said("repetition_penalty", "0"), "'repetition_penalty' must be a number above 0. Received: 0");
        String stops = "'stop' must be a text, or a list of at most 16 texts, none empty. Received: ";
        for (String wrong : List.of("\"\"", "[\"a\",1]", "{}", "7")) {
            refused(said("stop", wrong), stops + wrong);
        }
        refused(said("stop", "[" + "\"a\",".repeat(16) + "\"a\"]"), stops);
    }

    private static String said(String name, String value) {
        return "{\"text\": \"a\", \"" + name + "\": " + value + "}";
    }

    private void refused(String line, String message) throws IOException {
        Path in = Files.writeString(folder.resolve("wrong.jsonl"), "{\"text\": \"a\"}\n\n" + line + "\n");
        BatchListener silent = counts -> {
            throw new IllegalStateException("nothing is to be written");
        };
        assertThatThrownBy(() -> predict(run, in, "wrong.out", silent))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(in + ":3: " + message);
        assertThat(folder.resolve("wrong.out")).doesNotExist();
    }

    @Test
    void anEmptyFileIsRefusedAndABlankLineIsContinuedAsAnEmptyText() throws IOException {
        assertThatThrownBy(() -> predicted("empty.txt", ""))
                .hasMessageContaining("empty.txt is empty; it must hold a text");
        assertThatThrownBy(() -> predicted("blank.jsonl", "\n \n"))
                .hasMessageContaining("blank.jsonl is empty; it must hold a JSON object");
        List<JsonNode> lines = predicted("blank.txt", "\na\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("prompt").asString()).isEmpty();
        assertThat(lines.get(0).get("text").asString()).isNotEmpty();
    }

    @Test
    void takesNoOptionsForRows() {
        BatchOrder.Rows keep = new BatchOrder.Rows(null, null, null, false, List.of("id"), BatchOrder.Going.USUAL);
        assertThatThrownBy(() -> new Language().predict(run, new BatchOrder("in.txt", "out", keep), BatchListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(run
                        + " holds a language model, which continues the texts of a file; of the options, only --out,"
                        + " --json and --progress apply to it");
    }

    @Test
    void aBertTurnsEachLineIntoTheVectorThatItIsServedWith() throws Exception {
        Path bert = bert();
        List<JsonNode> served = served(bert, List.of("a b", "c", "d d d"));
        Path in = Files.writeString(folder.resolve("in.txt"), "a b\nc\nd d d\n");
        BatchResult result = predict(bert, in, "out.jsonl", BatchListener.NONE);
        List<JsonNode> lines = read("out.jsonl");
        assertThat(lines.get(0).propertyNames()).containsExactly("text", "embedding");
        assertThat(lines)
                .extracting(line -> line.get("embedding").toString())
                .isEqualTo(served.stream()
                        .map(line -> line.get("embedding").toString())
                        .toList());
        assertThat(lines.get(0).get("embedding")).hasSize(8);
        assertThat(result.values()).containsEntry("texts", 3L).containsEntry("tokens", 6L);
        assertThat(result.text()).startsWith("3 texts of 6 tokens embedded in ");
        Path objects = Files.writeString(folder.resolve("in.jsonl"), "{\"id\":1,\"text\":\"c\"}\n");
        predict(bert, objects, "out.jsonl", BatchListener.NONE);
        assertThat(Files.readString(folder.resolve("out.jsonl")))
                .isEqualTo("{\"id\":1,\"text\":\"c\",\"embedding\":"
                        + served.get(1).get("embedding") + "}\n");
    }

    @Test
    void aBertNamesTheLineThatItCannotUse() throws IOException {
        Path bert = bert();
        Path out = folder.resolve("out.jsonl");
        Map<String, String> wrong = Map.of(
                "in.txt", "the text must have 1 to 6 tokens, for the model's context. Received: 0 tokens; leave it out",
                "in.jsonl", "expected an object with a text in 'text'. Received: {\"prompt\":\"a\"}");
        Files.writeString(folder.resolve("in.txt"), "a\n\nb\n");
        Files.writeString(folder.resolve("in.jsonl"), "{\"text\":\"a\"}\n{\"prompt\":\"a\"}\n");
        wrong.forEach((name, message) -> assertThatThrownBy(
                        () -> predict(bert, folder.resolve(name), "out.jsonl", BatchListener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve(name) + ":2: " + message));
        assertThat(out).doesNotExist();
    }

    private Path bert() throws IOException {
        Path saved = Files.createTempDirectory(folder, "bert");
        try (Scope scope = Scope.open()) {
            Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 40)
                    .train(List.of("a b c d".repeat(3)).iterator());
            Bert bert = Bert.Config.of(40, 8, 1, 2, 8, 0).build(Random.of(1));
            new BertBundle(bert, null, tokenizer).save(saved.resolve("model"));
        }
        return saved;
    }

    private List<JsonNode> predicted(String name, String texts) throws IOException {
        predict(run, Files.writeString(folder.resolve(name), texts), "out.jsonl", BatchListener.NONE);
        return read("out.jsonl");
    }

    private List<JsonNode> read(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(JSON::readTree)
                .toList();
    }

    private BatchResult predict(Path model, Path in, String out, BatchListener listener) throws IOException {
        BatchOrder order = new BatchOrder(in.toString(), folder.resolve(out).toString(), BatchOrder.Rows.NONE);
        return new Language().predict(model, order, listener);
    }

    /** What {@code :predict} answers. */
    private static List<JsonNode> served(Path run, List<String> texts) throws Exception {
        try (Scope scope = Scope.open()) {
            Serving serving = Serving.plain(Runnable::run);
            Answerer answerer = new Language().open(run.resolve("model"), serving);
            CompletableFuture<? extends List<?>> answers =
                    answerer.predict(() -> List.copyOf(texts), System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
            answerer.close();
            answerer.run(); // answers what waits already
            return answers.get().stream().<JsonNode>map(JSON::valueToTree).toList();
        }
    }
}
