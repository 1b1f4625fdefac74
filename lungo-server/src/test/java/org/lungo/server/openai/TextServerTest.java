package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.family.language.TextGenerator;
import org.lungo.server.Caller;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server with a language model and a model of tables. */
class TextServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static TextService service;

    @BeforeAll
    static void start() throws Exception {
        service = TextService.start(folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Written alone(String prompt, int tokens, Sampling sampling, String... stops) throws Exception {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(folder.resolve("talk"));
            return generator.generate(prompt, new GenerationSettings(tokens, sampling, List.of(stops), 5), piece -> {});
        }
    }

    /** Also beyond the context of 64 tokens. */
    @Test
    void completesAsTheGeneratorDoes() throws Exception {
        for (int tokens : new int[] {1, 20, 150}) {
            Written alone = alone("user: how", tokens, Sampling.GREEDY);
            JsonNode answer = service.post(
                    "/v1/completions",
                    "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":" + tokens + "}");
            assertThat(answer.at("/choices/0/text").asString()).isEqualTo(alone.text());
            assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
            assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(tokens);
            assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(tokens + 9);
            assertThat(answer.at("/object").asString()).isEqualTo("text_completion");
            assertThat(answer.at("/model").asString()).isEqualTo("talk");
            assertThat(answer.at("/id").asString()).startsWith("cmpl-");
        }
    }

    @Test
    void repeatsWithASeedAndStopsBeforeAText() throws Exception {
        String body = "{\"model\":\"talk\",\"prompt\":\"us\",\"seed\":5,\"max_tokens\":60,\"stop\":[\"o\",\"z\"]}";
        Written alone = alone("us", 60, Sampling.PLAIN, "o", "z");
        JsonNode answer = service.post("/v1/completions", body);
        assertThat(answer.at("/choices/0/text").asString())
                .isEqualTo(alone.text())
                .doesNotContain("o");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(service.post("/v1/completions", body).at("/choices")).isEqualTo(answer.at("/choices"));
    }

    @Test
    void answersSeveralPromptsWithSeveralChoices() throws Exception {
        JsonNode answer = service.post(
                "/v1/completions",
                "{\"model\":\"talk\",\"prompt\":[\"user\",[4,5]],\"n\":2,\"seed\":5,\"max_tokens\":12}");
        assertThat(answer.at("/choices").size()).isEqualTo(4);
        assertThat(answer.at("/choices/3/index").asInt()).isEqualTo(3);
        assertThat(answer.at("/choices/0/text").asString())
                .isEqualTo(alone("user", 12, Sampling.PLAIN).text())
                .isNotEqualTo(answer.at("/choices/1/text").asString());
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(6);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isBetween(4, 48);
    }

    private static List<String> events(String path, String body) throws Exception {
        Caller.Reply reply = service.caller().post(path, body);
        assertThat(reply.response().headers().firstValue("Content-Type").orElse("none"))
                .startsWith("text/event-stream");
        assertThat(reply.text()).endsWith("\n\n");
        List<String> events = new ArrayList<>();
        for (String event : reply.text().split("\n\n")) {
            assertThat(event).startsWith("data: ").doesNotContain("\n");
            events.add(event.substring(6));
        }
        assertThat(events.remove(events.size() - 1)).isEqualTo("[DONE]");
        return events;
    }

    @Test
    void streamsWhatItWouldHaveAnswered() throws Exception {
        List<String> events = events(
                "/v1/completions",
                "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":30,\"stream\":true}");
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            JsonNode piece = JSON.readTree(event);
            text.append(piece.at("/choices/0/text").asString());
            boolean last = event.equals(events.get(events.size() - 1));
            assertThat(piece.at("/choices/0/finish_reason").isNull()).isEqualTo(!last);
            assertThat(piece.has("usage")).isFalse();
        }
        assertThat(text.toString())
                .isEqualTo(alone("user: how", 30, Sampling.GREEDY).text());
    }

    @Test
    void streamsAConversation() throws Exception {
        List<String> events = events(
                "/v1/chat/completions",
                "{\"model\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":\"how are you?\"}],"
                        + "\"temperature\":0,\"max_completion_tokens\":10,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
        JsonNode first = JSON.readTree(events.get(0));
        assertThat(first.at("/object").asString()).isEqualTo("chat.completion.chunk");
        assertThat(first.at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        JsonNode last = JSON.readTree(events.get(events.size() - 2));
        assertThat(last.at("/choices/0/finish_reason").asString()).isIn("length", "stop");
        assertThat(last.at("/choices/0/delta").isEmpty()).isTrue();
        JsonNode usage = JSON.readTree(events.get(events.size() - 1));
        assertThat(usage.at("/choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo("user: how are you?\nassistant:".length());
        StringBuilder text = new StringBuilder();
        events.forEach(event ->
                text.append(JSON.readTree(event).at("/choices/0/delta/content").asString("")));
        Written alone = alone("user: how are you?\nassistant:", 10, Sampling.GREEDY, "\nuser:", "\nsystem:");
        assertThat(text.toString()).isEqualTo(alone.text());
        JsonNode whole = service.post(
                "/v1/chat/completions",
                "{\"model\":\"talk\",\"temperature\":0,\"max_tokens\":10,\"messages\":[{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"how are you?\"}]}]}");
        assertThat(whole.at("/choices/0/message/content").asString()).isEqualTo(alone.text());
        assertThat(whole.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(whole.at("/object").asString()).isEqualTo("chat.completion");
    }

    /** Greedy: what was chosen is the likeliest; the logprobs are the model's own, in a stream as in a whole answer. */
    @Test
    void givesTheLogprobsOfTokens() throws Exception {
        String body = "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":6,\"logprobs\":2";
        JsonNode choice = service.post("/v1/completions", body + "}").at("/choices/0");
        JsonNode logprobs = choice.get("logprobs");
        assertThat(logprobs.get("tokens").size()).isEqualTo(6);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            String token = logprobs.get("tokens").get(i).asString();
            assertThat(logprobs.get("text_offset").get(i).asInt()).isEqualTo(text.length());
            text.append(token);
            double score = logprobs.get("token_logprobs").get(i).asDouble();
            assertThat(score).isLessThanOrEqualTo(0);
            JsonNode best = logprobs.get("top_logprobs").get(i);
            assertThat(best.size()).isEqualTo(2); // what was chosen is the likeliest, so no third one
            assertThat(best.get(token).asDouble()).isEqualTo(score);
        }
        assertThat(text.toString()).isEqualTo(choice.get("text").asString());
        List<Double> streamed = new ArrayList<>();
        for (String event : events("/v1/completions", body + ",\"stream\":true}")) {
            JSON.readTree(event)
                    .at("/choices/0/logprobs/token_logprobs")
                    .forEach(score -> streamed.add(score.asDouble()));
        }
        for (int i = 0; i < 6; i++) {
            assertThat(streamed.get(i))
                    .isCloseTo(logprobs.get("token_logprobs").get(i).asDouble(), within(1e-4));
        }
        JsonNode content = service.post(
                        "/v1/chat/completions",
                        "{\"model\":\"talk\",\"max_tokens\":3,\"logprobs\":true,\"top_logprobs\":4,\"messages\":"
                                + "[{\"role\":\"user\",\"content\":\"how\"}]}")
                .at("/choices/0/logprobs/content");
        assertThat(content.size()).isBetween(1, 3);
        assertThat(content.at("/0/top_logprobs").size()).isBetween(4, 5); // the sampled one is always among them
        assertThat(content.at("/0/top_logprobs/0/logprob").asDouble())
                .isGreaterThanOrEqualTo(content.at("/0/logprob").asDouble());
        assertThat(content.at("/0/bytes/0").asInt())
                .isEqualTo(content.at("/0/token").asString().charAt(0));
    }

    @Test
    void embedsTexts() throws Exception {
        JsonNode answer =
                service.post("/v1/embeddings", "{\"model\":\"talk\",\"input\":[\"how are you?\",\"be kind\"]}");
        assertThat(answer.at("/data").size()).isEqualTo(2);
        JsonNode vector = answer.at("/data/1/embedding");
        assertThat(vector.size()).isEqualTo(32);
        double squares = 0;
        for (JsonNode value : vector) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(19);
        JsonNode packed = service.post(
                "/v1/embeddings", "{\"model\":\"talk\",\"input\":\"be kind\",\"encoding_format\":\"base64\"}");
        float first = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(packed.at("/data/0/embedding").asString()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        assertThat(first).isEqualTo(vector.get(0).floatValue());
    }

    @Test
    void listsAndDescribesBothKinds() throws Exception {
        JsonNode list = service.caller().get("/v1/models").json();
        assertThat(list.get("object").asString()).isEqualTo("list");
        assertThat(list.at("/data").findValuesAsString("id")).containsExactlyInAnyOrder("talk", "churn");
        JsonNode talk = service.caller().get("/v1/models/talk").json();
        assertThat(talk.get("task").asString()).isEqualTo("text");
        assertThat(talk.get("context").asInt()).isEqualTo(64);
        assertThat(talk.get("object").asString()).isEqualTo("model");
        assertThat(talk.get("serve").propertyNames())
                .containsExactly(
                        "maxBatch", "maxDelayMs", "queue", "deadlineMs", "allowOrigin", "maxTexts", "precision");
        assertThat(service.caller().get("/v1/models/churn").json().get("serve").propertyNames())
                .containsExactly("maxBatch", "maxDelayMs", "queue", "deadlineMs", "allowOrigin");
        assertThat(talk.get("owned_by").asString()).isEqualTo("lungo");
        assertThat(service.server().examples())
                .anyMatch(line -> line.contains("/v1/completions") && line.contains("talk"));
    }

    /** A folder as Hugging Face has them: without our manifest, with a template. */
    @Test
    void servesAFolderOfHuggingFaces() throws Exception {
        Path downloaded = Files.createDirectories(folder.resolve("downloaded"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(folder.resolve("talk").resolve("model").resolve(file), downloaded.resolve(file));
        }
        Files.writeString(
                downloaded.resolve("tokenizer_config.json"),
                "{\"chat_template\":\"{% for m in messages %}{{ m.content }}{% endfor %}\"}");
        try (ModelServer other = ModelServer.start(
                TextService.config(ServerConfig.Security.OPEN), List.of(Place.parse(downloaded.toString())), c -> c)) {
            JsonNode answer = Caller.of(other)
                    .post(
                            "/v1/chat/completions",
                            "{\"model\":\"downloaded\",\"temperature\":0,\"max_tokens\":9,\"messages\":"
                                    + "[{\"role\":\"user\",\"content\":\"how are\"}]}")
                    .json();
            assertThat(answer.at("/choices/0/message/content").asString())
                    .isEqualTo(alone("how are", 9, Sampling.GREEDY).text());
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(7);
        }
    }

    @Test
    void sharesPassesAndAnswersAsAlone() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(12);
        List<Future<JsonNode>> answers = new ArrayList<>();
        List<String> prompts = List.of("user: how", "a", "assistant: w", "system");
        for (int i = 0; i < 24; i++) {
            String prompt = prompts.get(i % 4);
            int tokens = 40 + i * 3;
            answers.add(callers.submit(() -> service.post(
                    "/v1/completions",
                    "{\"model\":\"talk\",\"temperature\":0,\"prompt\":\"" + prompt + "\",\"max_tokens\":" + tokens
                            + "}")));
        }
        for (int i = 0; i < 24; i++) {
            assertThat(answers.get(i).get().at("/choices/0/text").asString())
                    .isEqualTo(alone(prompts.get(i % 4), 40 + i * 3, Sampling.GREEDY)
                            .text());
        }
        callers.shutdown();
        String tags = "model=\"talk\",version=\"1\"";
        double passes = service.metric("lungo_batch_size_count{" + tags + "}");
        assertThat(service.metric("lungo_batch_size_sum{" + tags + "}") / passes)
                .as("texts of a pass")
                .isGreaterThan(1.5);
        assertThat(service.metric("lungo_tokens_total{kind=\"completion\"," + tags + "}"))
                .isGreaterThan(1000);
        assertThat(service.metric("lungo_tokens_total{kind=\"prompt\"," + tags + "}"))
                .isGreaterThan(24);
        assertThat(service.metric("lungo_time_to_first_token_seconds_count{" + tags + "}"))
                .isGreaterThanOrEqualTo(24);
    }

    @Test
    void goesOnWithInstancesToo() throws Exception {
        JsonNode completed = service.post(
                "/v1/completions", "{\"model\":\"talk\",\"prompt\":\"user: how\",\"max_tokens\":50,\"seed\":42}");
        JsonNode predicted = service.post(
                "/v1/models/talk:predict",
                "{\"instances\":[\"user: how\",{\"prompt\":\"user: how\"},{\"text\":\"user: how\"}]}");
        for (int i = 0; i < 3; i++) {
            assertThat(predicted.at("/predictions/" + i + "/text")).isEqualTo(completed.at("/choices/0/text"));
        }
        assertThat(predicted.at("/predictions/0/ended").isBoolean()).isTrue();
    }
}
