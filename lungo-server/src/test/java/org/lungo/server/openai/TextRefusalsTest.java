package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.deploy.ServeConfig;
import org.lungo.server.Caller;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.TrainedModels;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server with a language model refuses, and how. */
class TextRefusalsTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/v1/completions | {\"prompt\":\"a\"} | model must be a text. Received: null | model",
                "/v1/completions | {\"model\":\"talk\"} | prompt must be a text, or | prompt",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"echo\":1} | echo must be true or false. Received: 1 | echo",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"echo\":true} | unknown field 'echo' | echo",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"frequency_penalty\":2.5} | between -2.0 and 2.0. Received: 2.5 | frequency_penalty",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"presence_penalty\":true} | between -2.0 and 2.0. Received: true | presence_penalty",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"dimensions\":33} | at most 32, the width of this model's vectors. Received: 33 | dimensions",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"dimensions\":0} | dimensions must be a whole number between 1 and | dimensions",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"logprobs\":21} | logprobs must be a whole number between 0 and 20 | logprobs",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"top_logprobs\":1} | needs a conversation with | top_logprobs",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"logprobs\":2} | logprobs must be | logprobs",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"n\":0} | n must be a whole number between 1 and | n",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"temperature\":3} | between 0.0 and 2.0. Received: 3 | temperature",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"top_p\":0} | top_p must be above 0 | top_p",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stop\":\"\"} | stop must be a text, or a list of at most 16 texts, none empty. Received: a text | stop",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stop\":[1]} | of at most 16 texts, none empty. Received: a list | stop",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stop\":1} | stop must be a list. Received: 1 | stop",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":0} | max_tokens must be a whole number between 1 and 1000000. Received: 0 | max_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_completion_tokens\":1000001} | a whole number between 1 and 1000000. Received: 1000001 | max_completion_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"tempreture\":1} | did you mean 'temperature'? | tempreture",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":2,\"max_completion_tokens\":2} | the same | max_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":[1,999]} | must have tokens from 0 to | prompt",
                "/v1/completions | {\"model\":\"churn\",\"prompt\":\"a\"} | is no language model; ask it at /v1/models/churn:predict |",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[]} | messages must have at least one message and at most 2048. Received: an empty list | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":\"how\"} | messages must be a list of messages. Received: a text | messages",
                "/v1/chat/completions | {\"model\":\"talk\"} | messages must be a list of messages. Received: null | messages",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":-1,\"echo\":true} | between 0 and 1000000. Received: -1 | max_tokens",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]} | messages[0].role must be | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} | images and sound | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"tools\":[{}]} | tools is not supported | tools",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"response_format\":{\"type\":\"json_object\"}} | response_format is not | response_format",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[],\"logit_bias\":{\"1\":5}} | logit_bias is not | logit_bias",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":[\"a\",\"b\",\"c\"],\"n\":100} | 256 texts at most (queue). Received: 3 prompts with n: 100 | n",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"\"} | input must not be empty | input",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"encoding_format\":\"x\"} | float or base64 | encoding_format",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"model\":\"b\"} | Duplicate |",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":true} | prompt must be a text, or a list | prompt",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":[1,true]} | prompt must be a text, or a list | prompt",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":true} | Received: true | max_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"max_tokens\":\"5\"} | Received: a text | max_tokens",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"seed\":1.5} | seed must be a whole number | seed",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stream\":1} | stream must be true or false. Received: 1 | stream",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"logprobs\":true} | logprobs must be a whole number | logprobs",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"user\":5} | user must be a text. Received: 5 | user",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"store\":\"no\"} | store must be true or false. Received: a text | store",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"metadata\":[]} | metadata must be an object. Received: a list | metadata",
                "/v1/completions | {\"model\":\"talk\",\"prompt\":\"a\",\"stream_options\":{\"include_usage\":1}} | include_usage must be true or false | include_usage",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":5,\"text\":\"a\"}]}]} | .content must be a text, or | messages",
                "/v1/chat/completions | {\"model\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":true}]} | .content must be a text, or | messages",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":true} | input must be a text, or a list | input",
                "/v1/embeddings | {\"model\":\"talk\",\"input\":\"a\",\"user\":{}} | user must be a text. Received: an object | user",
                "/v1/embeddings | {\"model\":true,\"input\":\"a\"} | model must be a text. Received: true | model",
                "/v1/embeddings | [] | expected a JSON object |"
            })
    void refusesInOpenAisForm(String path, String body, String message, String param) throws Exception {
        Caller.Reply reply = service.caller().post(path, body);
        JsonNode error = reply.json().get("error");
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString(null)).isEqualTo(param);
        assertThat(error.has("code")).isTrue();
    }

    @Test
    void saysWhatElseIsWrong() throws Exception {
        Caller.Reply unknown = service.caller().post("/v1/completions", "{\"model\":\"tolk\",\"prompt\":\"a\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().at("/error/code").asString()).isEqualTo("model_not_found");
        assertThat(unknown.json().at("/error/message").asString()).contains("did you mean 'talk'?");
        assertThat(service.caller()
                        .get("/v1/completions")
                        .json()
                        .at("/error/type")
                        .asString())
                .isEqualTo("invalid_request_error");
        Caller.Reply longer =
                service.caller().post("/v1/completions", "{\"model\":\"talk\",\"prompt\":\"" + "a".repeat(64) + "\"}");
        assertThat(longer.json().at("/error/code").asString()).isEqualTo("context_length_exceeded");
        Caller.Reply late = service.caller()
                .post(
                        "/v1/completions",
                        "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000}",
                        "Lungo-Deadline-Ms",
                        "300");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.json().at("/error/code").asString()).isEqualTo("timeout");
        Caller.Reply table = service.caller().post("/v1/models/talk:predict", "{\"instances\":[{}]}");
        assertThat(table.status()).isEqualTo(400);
        String many = "{\"instances\":[" + "\"a\",".repeat(999) + "\"a\"]}";
        assertThat(service.caller().post("/v1/models/talk:predict", many).error())
                .contains("texts at most (queue). Received: 1000 instances");
        assertThat(table.error())
                .isEqualTo(
                        "instance 1 must be a text, {\"prompt\": \"...\"} or {\"text\": \"...\"}. Received: an object");
        assertThat(service.caller()
                        .post("/v1/models/talk:predict", "{\"instances\":[{\"text\":\"a\",\"prompt\":\"a\"}]}")
                        .error())
                .endsWith("Received: both prompt and text; leave one out");
        assertThat(service.post(
                                "/v1/completions",
                                "{\"model\":\"talk\",\"prompt\":\"a\",\"user\":\"u\",\"metadata\":{\"a\":\"b\"},"
                                        + "\"logit_bias\":{},\"presence_penalty\":0,\"stop\":null}")
                        .at("/usage/completion_tokens")
                        .asInt())
                .isLessThanOrEqualTo(16);
    }

    @Test
    void tellsWhatATemplateSaysOfAConversation() throws Exception {
        Path run = TrainedModels.text(folder.resolve("picky"));
        Files.writeString(run.resolve("model/chat_template.jinja"), "{{ raise_exception('ask one thing at a time') }}");
        try (ModelServer picky = TrainedModels.serve(run)) {
            Caller.Reply reply = Caller.of(picky)
                    .post(
                            "/v1/chat/completions",
                            "{\"model\":\"picky\",\"messages\":[{\"role\":\"user\",\"content\":\"how\"}]}");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().at("/error/message").asString())
                    .isEqualTo("the model's chat template does not take this conversation: ask one thing at a time");
            assertThat(reply.json().at("/error/param").isNull()).isTrue();
        }
    }

    /** The status is sent by then: the stream says it, and has no mark of completeness. */
    @Test
    void aStreamSaysThatItsDeadlineHasPassed() throws Exception {
        Caller.Reply reply = service.caller()
                .post(
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

    @Test
    void stopsWritingWhenTheCallerGoes() throws Exception {
        HttpRequest request = service.caller()
                .request("/v1/completions")
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000,\"stream\":true}"))
                .build();
        HttpResponse<InputStream> response =
                service.caller().client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo('d');
        response.body().close();
        long until = System.nanoTime() + 10_000_000_000L;
        while (service.metric("lungo_inflight") > 0 && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        assertThat(service.metric("lungo_inflight")).isZero();
    }

    @Test
    void refusesWithoutAKeyAndWhenTooManyWait() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer shop-key-shop-key\n");
        try (ModelServer guarded = ModelServer.start(
                TextService.config(new ServerConfig.Security(keys, null, false)),
                List.of(Place.parse(folder.resolve("talk").toString())),
                config -> new ServeConfig(32, 0, 1, 2000),
                Map.of("max_texts", "1"))) {
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
