package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.deploy.Sampling;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.TextGenerator;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server with a language model and a model of tables. */
class TextServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        TrainedModels.text(folder.resolve("talk"));
        TrainedModels.run(folder.resolve("churn"), "churn");
        server = ModelServer.start(
                config(ServerConfig.Security.OPEN),
                List.of(
                        Place.parse(folder.resolve("talk").toString()),
                        Place.parse(folder.resolve("churn").toString())),
                config -> config);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ServerConfig config(ServerConfig.Security security) {
        return new ServerConfig("127.0.0.1", 0, security, new Limits(1 << 20, 64, 1000), 10, 60_000, null);
    }

    private static TextGenerator.Written alone(String prompt, int tokens, Sampling sampling, String... stops)
            throws Exception {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(folder.resolve("talk"));
            return generator.generate(
                    prompt, new TextGenerator.Settings(tokens, sampling, List.of(stops), 5), piece -> {});
        }
    }

    private static JsonNode post(String path, String body) throws Exception {
        Caller.Reply reply = caller.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** Also beyond the context of 64 tokens. */
    @Test
    void completesAsTheGeneratorDoes() throws Exception {
        for (int tokens : new int[] {1, 20, 150}) {
            TextGenerator.Written alone = alone("user: how", tokens, Sampling.GREEDY);
            JsonNode answer = post(
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
        TextGenerator.Written alone = alone("us", 60, Sampling.PLAIN, "o", "z");
        JsonNode answer = post("/v1/completions", body);
        assertThat(answer.at("/choices/0/text").asString())
                .isEqualTo(alone.text())
                .doesNotContain("o");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(post("/v1/completions", body).at("/choices")).isEqualTo(answer.at("/choices"));
    }

    @Test
    void answersSeveralPromptsWithSeveralChoices() throws Exception {
        JsonNode answer = post(
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
        Caller.Reply reply = caller.post(path, body);
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
        TextGenerator.Written alone =
                alone("user: how are you?\nassistant:", 10, Sampling.GREEDY, "\nuser:", "\nsystem:");
        assertThat(text.toString()).isEqualTo(alone.text());
        JsonNode whole = post(
                "/v1/chat/completions",
                "{\"model\":\"talk\",\"temperature\":0,\"max_tokens\":10,\"messages\":[{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"how are you?\"}]}]}");
        assertThat(whole.at("/choices/0/message/content").asString()).isEqualTo(alone.text());
        assertThat(whole.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(whole.at("/object").asString()).isEqualTo("chat.completion");
    }

    @Test
    void embedsTexts() throws Exception {
        JsonNode answer = post("/v1/embeddings", "{\"model\":\"talk\",\"input\":[\"how are you?\",\"be kind\"]}");
        assertThat(answer.at("/data").size()).isEqualTo(2);
        JsonNode vector = answer.at("/data/1/embedding");
        assertThat(vector.size()).isEqualTo(32);
        double squares = 0;
        for (JsonNode value : vector) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(19);
        JsonNode packed =
                post("/v1/embeddings", "{\"model\":\"talk\",\"input\":\"be kind\",\"encoding_format\":\"base64\"}");
        float first = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(packed.at("/data/0/embedding").asString()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        assertThat(first).isEqualTo(vector.get(0).floatValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/v1/completions | {\"prompt\":\"a\"} | model must be a text. Received: null | model",
                "/v1/completions | {\"model\":\"talk\"} | prompt must be a text, or | prompt",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"echo\":true} | echo is not supported | echo",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"logprobs\":1} | logprobs is not supported | logprobs",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"n\":0} | n must be a whole number between 1 and | n",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"temperature\":3} | between 0.0 and 2.0. Received: 3 | temperature",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"top_p\":0} | top_p must be above 0 | top_p",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stop\":\"\"} | stop must be a text | stop",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"tempreture\":1} | did you mean 'temperature'? | tempreture",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":2,\"max_completion_tokens\":2} | the same | max_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":[1,999]} | must have tokens from 0 to | prompt",
                "/v1/completions | {\"model\":\"churn\",\"prompt\":\"a\"} | is no language model; ask it at /v1/models/churn:predict |",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[]} | a list of 1 to 2048 messages | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]} | messages[0].role must be | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} | images and sound | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"tools\":[{}]} | tools is not supported | tools",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"response_format\":{\"type\":\"json_object\"}} | response_format is not | response_format",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"logit_bias\":{\"1\":5}} | logit_bias is not | logit_bias",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":[\"a\",\"b\",\"c\"],\"n\":100} | 256 texts at most (queue). Received: 3 prompts with n: 100 | n",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"\"} | input must not be empty | input",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"encoding_format\":\"x\"} | float or base64 | encoding_format",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"model\":\"b\"} | Duplicate |",
                "/v1/embeddings | [] | expected a JSON object |"
            })
    void refusesInOpenAisForm(String path, String body, String message, String param) throws Exception {
        Caller.Reply reply = caller.post(path, body);
        JsonNode error = reply.json().get("error");
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString(null)).isEqualTo(param);
        assertThat(error.has("code")).isTrue();
    }

    @Test
    void saysWhatElseIsWrong() throws Exception {
        Caller.Reply unknown = caller.post("/v1/completions", "{\"model\":\"tolk\",\"prompt\":\"a\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().at("/error/code").asString()).isEqualTo("model_not_found");
        assertThat(unknown.json().at("/error/message").asString()).contains("did you mean 'talk'?");
        assertThat(caller.get("/v1/completions").json().at("/error/type").asString())
                .isEqualTo("invalid_request_error");
        Caller.Reply longer =
                caller.post("/v1/completions", "{\"model\":\"talk\",\"prompt\":\"" + "a".repeat(64) + "\"}");
        assertThat(longer.json().at("/error/code").asString()).isEqualTo("context_length_exceeded");
        Caller.Reply late = caller.post(
                "/v1/completions",
                "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000}",
                "Lungo-Deadline-Ms",
                "300");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.json().at("/error/code").asString()).isEqualTo("timeout");
        Caller.Reply table = caller.post("/v1/models/talk:predict", "{\"instances\":[{}]}");
        assertThat(table.status()).isEqualTo(400);
        assertThat(table.error()).contains("is a language model; ask it at /v1/completions");
        assertThat(post(
                                "/v1/completions",
                                "{\"model\":\"talk\",\"prompt\":\"a\",\"user\":\"u\",\"metadata\":{\"a\":\"b\"},"
                                        + "\"logit_bias\":{},\"presence_penalty\":0,\"stop\":null}")
                        .at("/usage/completion_tokens")
                        .asInt())
                .isLessThanOrEqualTo(16);
    }

    @Test
    void listsAndDescribesBothKinds() throws Exception {
        JsonNode list = caller.get("/v1/models").json();
        assertThat(list.get("object").asString()).isEqualTo("list");
        assertThat(list.at("/data").findValuesAsString("id")).containsExactlyInAnyOrder("talk", "churn");
        JsonNode talk = caller.get("/v1/models/talk").json();
        assertThat(talk.get("task").asString()).isEqualTo("text");
        assertThat(talk.get("context").asInt()).isEqualTo(64);
        assertThat(talk.get("object").asString()).isEqualTo("model");
        assertThat(talk.get("owned_by").asString()).isEqualTo("lungo");
        assertThat(server.examples()).anyMatch(line -> line.contains("/v1/completions") && line.contains("talk"));
    }

    /** The status is sent by then: the stream says it, and has no mark of completeness. */
    @Test
    void aStreamSaysThatItsDeadlineHasPassed() throws Exception {
        Caller.Reply reply = caller.post(
                "/v1/completions",
                "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000,\"stream\":true}",
                "Lungo-Deadline-Ms",
                "400");
        assertThat(reply.status()).isEqualTo(200);
        String[] events = reply.text().split("\n\n");
        assertThat(events.length).isGreaterThan(1);
        JsonNode last = JSON.readTree(events[events.length - 1].substring(6));
        assertThat(last.at("/error/code").asString()).isEqualTo("timeout");
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
                config(ServerConfig.Security.OPEN), List.of(Place.parse(downloaded.toString())), c -> c)) {
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
            answers.add(callers.submit(() -> post(
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
        double passes = metric("lungo_batch_size_count{" + tags + "}");
        assertThat(metric("lungo_batch_size_sum{" + tags + "}") / passes)
                .as("texts of a pass")
                .isGreaterThan(1.5);
        assertThat(metric("lungo_tokens_total{kind=\"completion\"," + tags + "}"))
                .isGreaterThan(1000);
        assertThat(metric("lungo_tokens_total{kind=\"prompt\"," + tags + "}")).isGreaterThan(24);
        assertThat(metric("lungo_time_to_first_token_seconds_count{" + tags + "}"))
                .isGreaterThanOrEqualTo(24);
    }

    private static double metric(String name) throws Exception {
        var matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(caller.get("/metrics").text());
        assertThat(matcher.find()).as(name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void stopsWritingWhenTheCallerGoes() throws Exception {
        HttpRequest request = caller.request("/v1/completions")
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000,\"stream\":true}"))
                .build();
        HttpResponse<InputStream> response = caller.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo('d');
        response.body().close();
        long until = System.nanoTime() + 10_000_000_000L;
        while (metric("lungo_inflight") > 0 && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        assertThat(metric("lungo_inflight")).isZero();
    }

    @Test
    void refusesWithoutAKeyAndWhenTooManyWait() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer shop-key-shop-key\n");
        try (ModelServer guarded = ModelServer.start(
                config(new ServerConfig.Security(keys, null, false)),
                List.of(Place.parse(folder.resolve("talk").toString())),
                config -> new ServeConfig(1, 0, 1, 2000))) {
            Caller other = Caller.of(guarded);
            String body = "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000}";
            Caller.Reply refused = other.post("/v1/completions", body);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("invalid_api_key");
            ExecutorService callers = Executors.newFixedThreadPool(5);
            List<Future<Caller.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                replies.add(callers.submit(
                        () -> other.post("/v1/completions", body, "Authorization", "Bearer shop-key-shop-key")));
            }
            List<Integer> codes = new ArrayList<>();
            for (Future<Caller.Reply> reply : replies) {
                codes.add(reply.get().status());
            }
            callers.shutdown();
            assertThat(codes).contains(429, 504).containsOnly(429, 504);
        }
    }
}
