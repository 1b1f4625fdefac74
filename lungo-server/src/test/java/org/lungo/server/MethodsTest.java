package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

/** The methods of HTTP at the server's routes. */
class MethodsTest {
    private static final String HOST = " HTTP/1.1\nHost: localhost\n";
    private static final String KEY = "X-API-Key: ops-key-ops-key-ops";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn");
    }

    /** What load balancers ask with HEAD: the status and headers of GET, without its body. */
    @Test
    void answersHeadAsGetWithoutABody() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "ops infer,admin,metrics ops-key-ops-key-ops\n");
        try (ModelServer server = server(new ServerConfig.Security(keys, null, false))) {
            for (String path : List.of(
                    "/",
                    "/page.js",
                    "/v2",
                    "/v2/health/live",
                    "/v2/health/ready",
                    "/v1/models",
                    "/v1/models/churn",
                    "/v1/models/churn/report",
                    "/v1/models/chrun",
                    "/v2/models/churn",
                    "/v2/models/churn/versions/1/ready",
                    "/v2/models/churn/versions/9/ready",
                    "/nowhere")) {
                isHeadOfGet(server, path, KEY);
                isHeadOfGet(server, path, "");
            }
            assertThat(Wire.send(server, "HEAD /v2/models/chrun" + HOST + KEY, "")
                            .status())
                    .isEqualTo(404);
            assertThat(Wire.send(server, "HEAD /v2/models/churn" + HOST, "").status())
                    .isEqualTo(401);
            assertThat(Wire.send(server, "HEAD /metrics" + HOST + KEY, "").header("Content-Type"))
                    .startsWith("text/plain");
            Wire.send(server, "POST /v2/repository/models/churn/unload" + HOST + KEY, "");
            assertThat(Wire.send(server, "HEAD /v2/health/ready" + HOST, "").status())
                    .isEqualTo(503);
            isHeadOfGet(server, "/v2/health/ready", "");
        }
    }

    /** Also where a shorter path would take it: {@code churn:predict} is no name of a model. */
    @Test
    void refusesOtherMethodsAndSaysWhichThereAre() throws Exception {
        try (ModelServer server = server(ServerConfig.Security.OPEN)) {
            for (String path : List.of(
                    "/v1/models/churn:predict",
                    "/v1/models/churn/versions/1:predict",
                    "/v1/models/churn:explain",
                    "/v2/models/churn/infer",
                    "/v2/repository/index",
                    "/v1/completions")) {
                for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
                    Wire.Answer answer = Wire.send(server, method + " " + path + HOST, "");
                    assertThat(answer.status()).as(method + path).isEqualTo(405);
                    assertThat(answer.header("Allow")).isEqualTo("POST");
                    assertThat(answer.body().contains("this path takes POST. Received: " + method))
                            .as(answer.body())
                            .isEqualTo(!method.equals("HEAD"));
                }
            }
            for (String path : List.of("/", "/metrics", "/v1/models", "/v1/models/churn", "/v2/health/ready")) {
                Wire.Answer answer = Wire.send(server, "POST " + path + HOST, "");
                assertThat(answer.status()).as(path).isEqualTo(405);
                assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
            }
        }
    }

    private static void isHeadOfGet(ModelServer server, String path, String key) throws IOException {
        String id = "X-Request-Id: 7\n";
        Wire.Answer head = Wire.send(server, "HEAD " + path + HOST + id + key, "");
        Wire.Answer get = Wire.send(server, "GET " + path + HOST + id + key, "");
        assertThat(head.status()).as(path).isEqualTo(get.status());
        assertThat(head.body()).as(path).isEmpty();
        assertThat(timeless(head)).as(path).isEqualTo(timeless(get));
    }

    private static List<String> timeless(Wire.Answer answer) {
        return answer.headers().stream()
                .filter(line -> !line.startsWith("Date: "))
                .sorted()
                .toList();
    }

    private static ModelServer server(ServerConfig.Security security) throws IOException {
        ServerConfig config = new ServerConfig("127.0.0.1", 0, security, Limits.DEFAULTS, 5, 60_000, null);
        return ModelServer.start(
                config, List.of(Place.parse(folder.resolve("churn").toString())), c -> c);
    }
}
