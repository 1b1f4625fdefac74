package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.Caller;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.TrainedModels;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;

/** Errors have OpenAI's form on every route of OpenAI's, whatever finds them. */
class OpenAiErrorsTest {
    private static final List<String> POSTS = List.of("/v1/completions", "/v1/chat/completions", "/v1/embeddings");
    private static final String KEY = "shop-key-shop-key";

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        TrainedModels.text(folder.resolve("talk"));
        Path keys = Files.writeString(
                folder.resolve("keys.txt"), "shop infer " + KEY + "\nops metrics ops-key-ops-key-ops\n");
        server = ModelServer.start(
                TextService.config(new ServerConfig.Security(keys, null, false)),
                List.of(Place.parse(folder.resolve("talk").toString())),
                config -> config);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void is(Caller.Reply reply, int status, String type, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        JsonNode error = reply.json().get("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(error.get("message").asString()).isNotEmpty();
        assertThat(error.get("type").asString()).isEqualTo(type);
        assertThat(error.get("code").asString("none")).isEqualTo(code);
    }

    private static Caller.Reply post(String path, String body) throws Exception {
        return caller.post(path, body, "X-API-Key", KEY);
    }

    @Test
    void whoeverAsksAndWhateverIsAsked() throws Exception {
        for (String path : POSTS) {
            is(caller.post(path, "{}"), 401, "authentication_error", "invalid_api_key");
            is(caller.post(path, "{}", "X-API-Key", "ops-key-ops-key-ops"), 403, "permission_error", "none");
            is(post(path, "{\"model\":\"tolk\"}"), 404, "invalid_request_error", "model_not_found");
            is(post(path, " ".repeat((1 << 20) + 1)), 413, "invalid_request_error", "none");
            is(post(path, "{"), 400, "invalid_request_error", "none");
            is(caller.get(path, "X-API-Key", KEY), 405, "invalid_request_error", "method_not_supported");
            is(
                    caller.send(caller.request(path, "X-API-Key", KEY, "Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build()),
                    415,
                    "invalid_request_error",
                    "none");
        }
    }

    @Test
    void pathsThatAreNotThere() throws Exception {
        for (String path :
                List.of("/v1/chat", "/v1/chat/completions/7", "/v1/audio/speech", "/v1/files", "/v1/embeddings/more")) {
            Caller.Reply reply = post(path, "{}");
            is(reply, 404, "invalid_request_error", "unknown_url");
        }
    }

    @Test
    void theListOfModelsAndEachOfThem() throws Exception {
        is(caller.get("/v1/models"), 401, "authentication_error", "invalid_api_key");
        is(post("/v1/models", "{}"), 405, "invalid_request_error", "method_not_supported");
        is(caller.get("/v1/models/talk"), 401, "authentication_error", "invalid_api_key");
        is(caller.get("/v1/models/tolk", "X-API-Key", KEY), 404, "invalid_request_error", "model_not_found");
        is(post("/v1/models/talk", "{}"), 405, "invalid_request_error", "method_not_supported");
        assertThat(post("/v1/models/tolk:predict", "{}").error()).contains("did you mean 'talk'?");
        assertThat(post("/v2/models/tolk/infer", "{}").error()).contains("did you mean 'talk'?");
    }

    @Test
    void aServerThatStops() throws Exception {
        ModelServer stopping = TrainedModels.serve(folder.resolve("talk"));
        Caller other = Caller.of(stopping);
        String endless = "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000}";
        var running = other.client()
                .sendAsync(
                        other.request("/v1/completions", "Content-Type", "application/json", "Lungo-Deadline-Ms", "900")
                                .POST(HttpRequest.BodyPublishers.ofString(endless))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding());
        while (!other.get("/metrics").text().contains("lungo_inflight 1.0")) {
            Thread.sleep(5);
        }
        CompletableFuture<Void> end = CompletableFuture.runAsync(stopping::close);
        while (other.get("/v2/health/ready").status() == 200) {
            Thread.sleep(5);
        }
        is(other.post("/v1/completions", endless), 503, "server_error", "service_unavailable");
        assertThat(running.get().statusCode()).isEqualTo(504);
        end.get();
    }
}
