package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.Origin;
import org.lungo.deploy.ServeConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

/** Models that list in their config whose web pages may ask them. */
class SharedModelsTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String APP = "Origin: " + ORIGIN + "\nSec-Fetch-Site: cross-site\n";
    private static final String HOST = "Host: 127.0.0.1:PORT\n";
    private static final String ROW = "{\"instances\":[{\"age\":41}]}";
    private static final String KEY = "X-API-Key: shop-key-shop-key\n";

    @TempDir
    private static Path folder;

    private static Path keys;

    @BeforeAll
    static void train() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn", "serve.allow_origin=[" + ORIGIN + "]");
        TrainedModels.run(folder.resolve("plan"), "plan");
        TrainedModels.text(folder.resolve("talk"));
        keys = Files.writeString(folder.resolve("keys.txt"), "shop infer,admin,metrics shop-key-shop-key\n");
    }

    private static ModelServer server(ServerConfig.Security security, String... models) throws IOException {
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, security, new Limits(1 << 16, 64, 1000), 5, 60_000, null);
        List<Place> places = new ArrayList<>();
        for (String model : models) {
            places.add(Place.parse(folder.resolve(model).toString()));
        }
        return ModelServer.start(config, places, c -> c);
    }

    private static ServerConfig.Security keyed() {
        return new ServerConfig.Security(keys, null, false);
    }

    private static Wire.Answer ask(ModelServer server, String line, String body) throws IOException {
        return Wire.send(server, line + " HTTP/1.1\n" + HOST + APP + KEY, body);
    }

    private static void isShared(Wire.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    private static void isRefused(Wire.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.headers()).noneMatch(line -> line.toLowerCase().startsWith("access-control"));
    }

    @Test
    void pagesAskTheModelsThatListThemAndNoOthers() throws IOException {
        try (ModelServer server = server(ServerConfig.Security.OPEN, "churn", "plan", "talk")) {
            assertThat(server.sharing())
                    .containsExactly("pages of https://app.example.com may ask churn (its serve.json; --allow-origin"
                            + " overrules it)");
            isShared(ask(server, "POST /v1/models/churn:predict", ROW), 200);
            isShared(ask(server, "GET /v1/models", ""), 200);
            isRefused(ask(server, "POST /v1/models/plan:predict", ROW));
            isRefused(ask(server, "GET /v2/models/plan", ""));
            Wire.Answer other = ask(server, "POST /v1/completions", "{\"model\":\"talk\",\"prompt\":\"a\"}");
            isShared(other, 403);
            assertThat(other.json().at("/error/message").asString())
                    .isEqualTo("web pages may ask a model that lists their origin under serve.allow_origin. Received:"
                            + " Origin: https://app.example.com for 'talk'; to let its pages ask, list the origin"
                            + " with --allow-origin");
            String http = "GET /v1/models HTTP/1.1\n" + HOST + "Origin: http://app.example.com";
            isRefused(Wire.send(server, http, ""));
            String name = "POST /v1/models/churn:predict HTTP/1.1\nHost: app.example.com"; // no name of the server
            isRefused(Wire.send(server, name, ROW));
        }
    }

    @Test
    void whoStartsTheServerOverrulesTheModels() throws IOException {
        List<Origin> others = List.of(Origin.parse("https://other.example.com"));
        for (List<Origin> listed : List.of(others, List.<Origin>of())) {
            try (ModelServer server = server(new ServerConfig.Security(null, null, false, listed), "churn")) {
                isRefused(ask(server, "POST /v1/models/churn:predict", ROW));
                assertThat(server.sharing()).isEmpty();
                assertThat(ask(server, "GET /v1/models", "").header("Vary"))
                        .isEqualTo(listed.isEmpty() ? "" : "Origin");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics",
                "GET /metrics/",
                "HEAD /metrics",
                "POST /metrics",
                "GET /%6detrics",
                "GET //metrics",
                "GET /metrics;a=b",
                "POST /v2/repository/index",
                "POST /v2/repository/models/churn/load",
                "POST /v2/repository/models/churn/unload",
                "POST /v2/repository/models/churn/unload/",
                "POST /v2/repository/models/%63hurn/unload",
                "POST /v2//repository/models/churn/unload",
                "POST /v2/./repository/models/churn/unload",
                "POST /v1/../v2/repository/models/churn/unload",
                "POST /v2/repository/models/churn/rollback",
                "GET /v2/repository/none",
                "OPTIONS /metrics",
                "OPTIONS /v2/repository/models/churn/unload"
            })
    void noPageAsksForMetricsOrChangesModels(String line) throws IOException {
        List<Origin> listed = List.of(Origin.parse(ORIGIN));
        for (ServerConfig.Security security : List.of(keyed(), new ServerConfig.Security(keys, null, false, listed))) {
            try (ModelServer server = server(security, "churn")) {
                String preflight = line.startsWith("OPTIONS") ? "Access-Control-Request-Method: POST\n" : "";
                Wire.Answer answer = Wire.send(server, line + " HTTP/1.1\n" + HOST + APP + KEY + preflight, "");
                assertThat(answer.status()).as(answer.body()).isIn(400, 403);
                assertThat(answer.headers())
                        .noneMatch(header -> header.toLowerCase().startsWith("access-control"));
                assertThat(server.models().has("churn")).isTrue();
            }
        }
    }

    @Test
    void errorsCanBeRead() throws IOException {
        try (ModelServer server = server(keyed(), "churn")) {
            String predict = "POST /v1/models/churn:predict";
            Wire.Answer preflight = Wire.send(
                    server,
                    "OPTIONS /v1/models/churn:predict HTTP/1.1\n" + HOST + APP + "Access-Control-Request-Method: POST",
                    "");
            isShared(preflight, 204);
            isShared(ask(server, predict, ROW), 200);
            isShared(ask(server, predict, "{"), 400);
            isShared(Wire.send(server, predict + " HTTP/1.1\n" + HOST + APP, ROW), 401);
            isShared(ask(server, "POST /v1/models/none:predict", ROW), 404);
            isShared(ask(server, "GET /v1/none", ROW), 404);
            isShared(ask(server, "GET /v1/models/churn:predict", ""), 405);
            isShared(ask(server, predict, " ".repeat(1 << 17)), 413);
            isShared(ask(server, "POST /v1/chat/completions", "{\"model\":\"churn\"}"), 400);
        }
    }

    /** A report whose first byte cannot be read: no address of a process is 0. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anErrorOfTheServerCanBeRead() throws IOException {
        Path report = TrainedModels.run(folder.resolve("broken"), "churn", "serve.allow_origin=[" + ORIGIN + "]")
                .resolve("report.html");
        Files.delete(report);
        Files.createSymbolicLink(report, Path.of("/proc/self/mem"));
        try (ModelServer server = server(keyed(), "broken")) {
            isShared(ask(server, "GET /v1/models/broken/report", ""), 500);
        }
    }

    @Test
    void aServerThatStopsSaysSoToPages() throws Exception {
        ModelServer server = server(keyed(), "churn");
        int port = URI.create(server.url()).getPort();
        ExecutorService closing = Executors.newSingleThreadExecutor();
        try (Socket open = new Socket("127.0.0.1", port)) {
            String half =
                    "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\nX-API-Key: shop-key-shop-key\r\n"
                            + "Content-Length: 100\r\n\r\n{";
            open.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
            Future<?> closed = closing.submit(server::close);
            Thread.sleep(200);
            isShared(ask(server, "POST /v1/models/churn:predict", ROW), 503);
            open.close();
            closed.get();
        } finally {
            closing.shutdown();
            server.close();
        }
    }

    @Test
    void aServerThatIsFullSaysSoToPages() throws Exception {
        ServerConfig config = new ServerConfig("127.0.0.1", 0, keyed(), Limits.DEFAULTS, 5, 60_000, null);
        try (ModelServer server = ModelServer.start(
                config,
                List.of(Place.parse(folder.resolve("talk").toString())),
                c -> new ServeConfig(32, 0, 1, 2000, List.of(ORIGIN)),
                Map.of("max_texts", "1"))) {
            String body = "{\"model\":\"talk\",\"prompt\":\"user: how\",\"temperature\":0,\"max_tokens\":1000000}";
            ExecutorService callers = Executors.newFixedThreadPool(5);
            List<Future<Wire.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(callers.submit(() -> ask(server, "POST /v1/completions", body)));
            }
            List<Integer> codes = new ArrayList<>();
            for (Future<Wire.Answer> answer : answers) {
                codes.add(answer.get().status());
                isShared(answer.get(), answer.get().status());
            }
            callers.shutdown();
            assertThat(codes).contains(429, 504);
        }
    }
}
