package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;

/** Requests as browsers send them for pages of other origins, and what they change: nothing. */
class OriginsTest {
    static final String ORIGIN_MESSAGE =
            "web pages may ask from the server's own address, or from a listed origin. Received: Origin: ";

    private static final String ROW = "{\"instances\":[{\"age\":41}]}";
    private static final String PREDICT = "POST /v1/models/churn:predict HTTP/1.1\n";
    private static final String HOST = "Host: 127.0.0.1:PORT\n";
    private static final String EVIL = "Origin: https://evil.example\n";

    @TempDir
    private static Path folder;

    /** Two versions of a model, on loopback and without keys. */
    private static ModelServer server;

    private static String before;

    @BeforeAll
    static void start() throws Exception {
        TrainedModels.run(folder.resolve("churn-1"), "churn");
        TrainedModels.run(folder.resolve("churn-2"), "churn");
        server = server();
        before = state();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingHasChanged() throws IOException {
        assertThat(state()).isEqualTo(before);
    }

    /** The versions, and when each was loaded. */
    private static String state() throws IOException {
        String state = "";
        for (int version : new int[] {1, 2}) {
            state += Wire.send(server, "GET /v1/models/churn/versions/" + version + " HTTP/1.1\n" + HOST, "")
                    .body();
        }
        assertThat(state).contains("\"versions\":[1,2]", "\"loaded\"");
        return Wire.send(server, "GET /v1/models/churn HTTP/1.1\n" + HOST, "").body() + state;
    }

    private static ModelServer server() throws IOException {
        ServerConfig config = new ServerConfig(
                "127.0.0.1",
                0,
                ServerConfig.Security.OPEN,
                Limits.DEFAULTS,
                1,
                60_000,
                folder.resolve("access.log").toString());
        List<Place> places = List.of(
                Place.parse(folder.resolve("churn-1").toString()),
                Place.parse(folder.resolve("churn-2").toString()));
        return ModelServer.start(config, places, c -> c);
    }

    /** Sends what must be refused, with a message that starts so, and without headers that let pages read it. */
    static void refuses(ModelServer server, String head, String body, String message) throws IOException {
        Wire.Answer answer = Wire.send(server, head, body);
        assertThat(answer.status()).as(head).isEqualTo(403);
        assertThat(answer.headers()).noneMatch(line -> line.toLowerCase().startsWith("access-control"));
        JsonNode error = answer.json().get("error");
        assertThat((error.isObject() ? error.get("message") : error).asString()).startsWith(message); // OpenAI's routes
    }

    /** {@code fetch(url, {method: "POST", body: "..."})}: no preflight, and no-cors sends the same. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain;charset=UTF-8\n", "", "Content-Type: application/json\n"})
    void refusesWhatForeignPagesFetch(String type) throws IOException {
        String head = PREDICT + HOST + "User-Agent: Mozilla/5.0\n" + type + "Accept: */*\n" + EVIL
                + "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty\n"
                + "Referer: https://evil.example/\nAccept-Encoding: gzip, deflate, br, zstd";
        refuses(
                server,
                head,
                ROW,
                ORIGIN_MESSAGE + "https://evil.example with Sec-Fetch-Site: cross-site; to let its pages ask");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | %7B%22instances%22%3A%5B%7B%22age%22%3A41%7D%5D%7D=",
                "multipart/form-data; boundary=x | --x\\r\\nContent-Disposition: form-data; name=a\\r\\n\\r\\n1\\r\\n--x--",
                "text/plain | {\"instances\":[{\"age\":41}],\"a\":\"=\"}"
            })
    void refusesForms(String type, String body) throws IOException {
        for (String path : List.of("/v1/models/churn:predict", "/v2/repository/models/churn/unload")) {
            String head = "POST " + path + " HTTP/1.1\n" + HOST + "Cache-Control: max-age=0\n" + EVIL + "Content-Type: "
                    + type + "\nUpgrade-Insecure-Requests: 1\nAccept: text/html,*/*;q=0.8\n"
                    + "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-User: ?1\n"
                    + "Sec-Fetch-Dest: document";
            refuses(server, head, body.replace("\\r\\n", "\r\n"), ORIGIN_MESSAGE + "https://evil.example");
        }
    }

    /** Every route, also where there is none, whatever else would be said there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v2/repository/models/churn/load",
                "POST /v2/repository/models/churn/unload",
                "POST /v2/repository/models/churn/rollback",
                "POST /v2/repository/index",
                "POST /v2/models/churn/infer",
                "POST /v1/models/churn/versions/1:predict",
                "POST /v1/models/none:predict",
                "GET /v1/models",
                "GET /v1/models/churn",
                "GET /v1/models/churn/report",
                "GET /v2",
                "GET /v2/health/live",
                "GET /metrics",
                "GET /",
                "GET /page.js",
                "GET /no/such/route",
                "PUT /v1/models",
                "DELETE /v1/models/churn",
                "PROPFIND /v1/models"
            })
    void refusesOnEveryRoute(String line) throws IOException {
        for (String origin : List.of("https://evil.example", "null")) { // as of older browsers, without Sec-Fetch-Site
            String head = line + " HTTP/1.1\n" + HOST + "Accept: */*\nOrigin: " + origin;
            refuses(server, head, "", ORIGIN_MESSAGE + origin);
        }
    }

    @Test
    void refusesInTheFormOfOpenAi() throws IOException {
        String head = "POST /v1/chat/completions HTTP/1.1\n" + HOST + EVIL + "Content-Type: text/plain";
        Wire.Answer answer = Wire.send(server, head, "{\"model\":\"churn\",\"messages\":[]}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("error").get("type").asString()).isEqualTo("permission_error");
        assertThat(answer.json().get("error").get("message").asString())
                .isEqualTo(ORIGIN_MESSAGE
                        + "https://evil.example; to let its pages ask models, list the origin with --allow-origin");
    }

    @Test
    void refusesPreflights() throws IOException {
        String head = "OPTIONS /v1/models/churn:predict HTTP/1.1\n" + HOST + "Accept: */*\n"
                + "Access-Control-Request-Method: POST\nAccess-Control-Request-Headers: content-type\n" + EVIL
                + "Sec-Fetch-Mode: cors\nSec-Fetch-Site: cross-site\nSec-Fetch-Dest: empty";
        refuses(server, head, "", ORIGIN_MESSAGE + "https://evil.example with Sec-Fetch-Site: cross-site");
    }

    /** A name of the page's owner leads to this machine now; to the browser page and server are of one origin. */
    @ParameterizedTest
    @CsvSource({
        "evil.example:PORT",
        "evil.example",
        "localhost.evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "192.168.0.7:PORT",
        "0.0.0.0:PORT",
        "evil_localhost:PORT"
    })
    void refusesNamesThatAreNotOfThisMachine(String name) throws IOException {
        String message =
                "a server that only this machine can reach is asked as localhost, 127.0.0.1 or [::1]. Received:"
                        + " Host: ";
        for (String line : List.of("GET /", "GET /v1/models", "POST /v2/repository/models/churn/rollback")) {
            String head = line + " HTTP/1.1\nHost: " + name + "\nAccept: */*\n";
            refuses(server, head, "", message);
            refuses(server, head + "Origin: http://" + name, "", message);
            refuses(server, head + "Origin: http://" + name + "\nSec-Fetch-Site: same-origin", "", message);
        }
    }

    @Test
    void saysWhichNameCame() throws IOException {
        Wire.Answer answer = Wire.send(server, "GET / HTTP/1.1\nHost: evil.example", "");
        assertThat(answer.json().get("error").asString())
                .endsWith("Received: Host: evil.example; use one of these names, or list the address of a proxy"
                        + " with --allow-origin");
        answer = Wire.send(server, "GET / HTTP/1.1\nHost: " + "a".repeat(300), "");
        assertThat(answer.json().get("error").asString()).contains("a".repeat(80) + "...; use");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin:",
                "Origin: *",
                "Origin: http://127.0.0.1:1",
                "Origin: http://127.0.0.1",
                "Origin: https://127.0.0.1",
                "Origin: http://localhost:PORT",
                "Origin: http://127.0.0.1:PORT/",
                "Origin: http://127.0.0.1:PORT@evil.example",
                "Origin: http://127.0.0.1:PORT.evil.example",
                "Origin: http://127.0.0.1:PORT http://evil.example",
                "Origin: http://127.0.0.1:PORT\nOrigin: http://evil.example",
                "Origin: http://127.0.0.1:PORT\nOrigin: http://127.0.0.1:PORT",
                "Origin: ftp://127.0.0.1:PORT",
                "Origin: chrome-extension://abcdef",
                "Origin: 127.0.0.1:PORT",
                "Origin: http://127.0.0.1:PORT\nSec-Fetch-Site: cross-site"
            })
    void refusesWhatIsNotItsOwnAddress(String origin) throws IOException {
        refuses(server, PREDICT + HOST + origin, ROW, ORIGIN_MESSAGE);
    }

    @Test
    void saysWhatToDoAboutFiles() throws IOException {
        refuses(
                server,
                PREDICT + HOST + "Origin: null",
                ROW,
                ORIGIN_MESSAGE + "null; open the page from a web server, not from a file or a sandboxed frame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:PORT",
                "localhost:PORT",
                "LocalHost:PORT",
                "[::1]:PORT",
                "models.localhost:PORT",
                "127.1.2.3",
                "localhost"
            })
    void letsItsOwnPageAsk(String name) throws IOException {
        for (String origin : List.of("http://" + name, "https://" + name, "HTTP://" + name.toUpperCase())) {
            String head = PREDICT + "Host: " + name + "\nOrigin: " + origin + "\nSec-Fetch-Site: same-origin";
            assertThat(Wire.send(server, head, ROW).status()).as(head).isEqualTo(200);
        }
    }

    @Test
    void letsProgramsAsk() throws IOException {
        for (String host : List.of(HOST, "Host: localhost\n")) {
            assertThat(Wire.send(server, PREDICT + host, ROW).status()).as(host).isEqualTo(200);
            assertThat(Wire.send(server, "OPTIONS /v1/models HTTP/1.1\n" + host, "")
                            .status())
                    .as(host)
                    .isEqualTo(405);
        }
        for (String health : List.of("GET /v2/health/ready HTTP/1.0", "GET /v2/health/live HTTP/1.0")) {
            assertThat(Wire.send(server, health, "").status())
                    .as("without Host")
                    .isEqualTo(200);
        }
        assertThat(Wire.send(server, "GET /v1/models HTTP/1.1\n" + HOST + "Sec-Fetch-Site: none", "")
                        .status())
                .isEqualTo(200);
    }

    /** What refusesOnEveryRoute would see without the rule. */
    @Test
    void letsProgramsChangeModels() throws IOException {
        try (ModelServer other = server()) {
            String repository = "POST /v2/repository/models/churn/";
            for (String action : List.of("load", "rollback", "unload")) {
                assertThat(Wire.send(other, repository + action + " HTTP/1.1\n" + HOST, "")
                                .status())
                        .as(action)
                        .isEqualTo(200);
            }
            assertThat(Wire.send(other, PREDICT + HOST, ROW).status()).isEqualTo(404);
        }
    }

    /** Images, scripts and frames come without Origin; links do, too. */
    @ParameterizedTest
    @CsvSource({
        "GET, no-cors, image, 403",
        "GET, no-cors, script, 403",
        "GET, no-cors, empty, 403",
        "GET, navigate, iframe, 403",
        "GET, navigate, object, 403",
        "GET, websocket, empty, 403",
        "POST, navigate, document, 403",
        "GET, navigate, document, 200",
        "HEAD, navigate, document, 200"
    })
    void letsForeignPagesLinkOnly(String method, String mode, String kind, int status) throws IOException {
        for (String site : List.of("cross-site", "same-site")) {
            for (String path : List.of("/", "/v1/models", "/v1/models/churn/report")) {
                String head = method + " " + path + " HTTP/1.1\n" + HOST + "Sec-Fetch-Site: " + site
                        + "\nSec-Fetch-Mode: " + mode + "\nSec-Fetch-Dest: " + kind;
                if (status == 200) {
                    assertThat(Wire.send(server, head, "").status()).isEqualTo(200);
                } else {
                    refuses(
                            server,
                            head,
                            "",
                            "a page of another origin may link to the server, or ask with the header Origin. Received: "
                                    + method + " with Sec-Fetch-Site: " + site
                                    + "; use fetch, from an origin that is listed with --allow-origin");
                }
            }
        }
    }

    @Test
    void refusalsAreCountedAndLogged() throws IOException {
        refuses(server, PREDICT + HOST + EVIL + "X-Request-Id: from-evil", ROW, ORIGIN_MESSAGE);
        refuses(server, PREDICT + "Host: evil.example", ROW, "a server that only this machine");
        assertThat(Wire.send(server, "GET /metrics HTTP/1.1\n" + HOST, "").body())
                .containsPattern("lungo_rejected_total\\{reason=\"origin\"} [1-9]")
                .containsPattern("lungo_rejected_total\\{reason=\"host\"} [1-9]");
        assertThat(Files.readAllLines(folder.resolve("access.log")))
                .anyMatch(line -> line.contains("\"id\":\"from-evil\"") && line.contains("\"status\":403"));
    }
}
