package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.Origin;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

/** Requests of pages whose origin is listed, and of those that a server for other machines gets. */
class ListedOriginsTest {
    private static final String ROW = "{\"instances\":[{\"age\":41}]}";
    private static final String PREDICT = "POST /v1/models/churn:predict HTTP/1.1\n";
    private static final String HOST = "Host: 127.0.0.1:PORT\n";
    private static final String EVIL = "Origin: https://evil.example\n";
    private static final String APP = "Origin: https://app.example.com\n";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn");
    }

    private static ModelServer server(String host, ServerConfig.Security security) throws IOException {
        ServerConfig config = new ServerConfig(host, 0, security, Limits.DEFAULTS, 1, 60_000, null);
        return ModelServer.start(
                config, List.of(Place.parse(folder.resolve("churn").toString())), c -> c);
    }

    private static ServerConfig.Security listing(String... origins) {
        return new ServerConfig.Security(
                null, null, false, Stream.of(origins).map(Origin::parse).toList());
    }

    @Test
    void letsListedOriginsReadAnswersAndErrors() throws IOException {
        try (ModelServer sharing = server("127.0.0.1", listing("https://app.example.com", "http://[::1]:3000"))) {
            String foreign = "Sec-Fetch-Site: cross-site\n";
            for (String body : List.of(ROW, "{", "{\"instances\":[{\"agee\":41}]}")) {
                Wire.Answer answer = Wire.send(sharing, PREDICT + HOST + APP + foreign, body);
                assertThat(answer.status()).isEqualTo(body.equals(ROW) ? 200 : 400);
                isShared(answer, "https://app.example.com");
                assertThat(answer.header("Access-Control-Expose-Headers")).contains("X-Request-Id");
            }
            isShared(
                    Wire.send(sharing, "GET /none HTTP/1.1\n" + HOST + "Origin: http://[::1]:3000", ""),
                    "http://[::1]:3000");
            OriginsTest.refuses(sharing, PREDICT + HOST + EVIL, ROW, OriginsTest.ORIGIN_MESSAGE);
            OriginsTest.refuses(sharing, PREDICT + HOST + APP + EVIL, ROW, OriginsTest.ORIGIN_MESSAGE);
            OriginsTest.refuses(
                    sharing, PREDICT + HOST + "Origin: http://app.example.com", ROW, OriginsTest.ORIGIN_MESSAGE);
            Wire.Answer program = Wire.send(sharing, PREDICT + HOST, ROW);
            assertThat(program.status()).isEqualTo(200);
            assertThat(program.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(program.header("Vary")).isEqualTo("Origin");
        }
    }

    private static void isShared(Wire.Answer answer, String origin) {
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(answer.header("Vary")).isEqualTo("Origin");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void answersPreflightsOfListedOriginsBeforeKeysAreAskedFor() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer shop-key-shop-key\n");
        List<Origin> origins = List.of(Origin.parse("https://app.example.com"));
        try (ModelServer sharing = server("0.0.0.0", new ServerConfig.Security(keys, null, false, origins))) {
            String preflight = "OPTIONS /v1/models/churn:predict HTTP/1.1\n" + HOST
                    + "Access-Control-Request-Method: POST\n"
                    + "Access-Control-Request-Headers: authorization,content-type\n";
            Wire.Answer answer = Wire.send(sharing, preflight + APP, "");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            isShared(answer, "https://app.example.com");
            assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
            assertThat(answer.header("Access-Control-Allow-Headers").split(", "))
                    .contains("Content-Type", "Authorization", "X-API-Key", "Lungo-Deadline-Ms", "X-Request-Id", "*");
            assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
            OriginsTest.refuses(sharing, preflight + EVIL, "", OriginsTest.ORIGIN_MESSAGE);
            Wire.Answer keyless = Wire.send(sharing, PREDICT + HOST + APP, ROW);
            assertThat(keyless.status()).isEqualTo(401);
            isShared(keyless, "https://app.example.com");
            assertThat(Wire.send(sharing, PREDICT + HOST + APP + "X-API-Key: shop-key-shop-key", ROW)
                            .status())
                    .isEqualTo(200);
        }
    }

    /** A proxy on this machine passes the name on that browsers know it by. */
    @Test
    void theHostOfAListedOriginIsANameOfTheServer() throws IOException {
        try (ModelServer proxied = server("127.0.0.1", listing("https://models.example.com"))) {
            for (String host : List.of("models.example.com", "MODELS.example.com", "models.example.com:8443")) {
                assertThat(Wire.send(proxied, PREDICT + "Host: " + host, ROW).status())
                        .as(host)
                        .isEqualTo(200);
            }
            String page = PREDICT + "Host: models.example.com\nOrigin: https://models.example.com";
            assertThat(Wire.send(proxied, page, ROW).status()).isEqualTo(200);
            OriginsTest.refuses(proxied, PREDICT + "Host: other.example.com", ROW, "a server that only this machine");
            OriginsTest.refuses(
                    proxied, PREDICT + "Host: models.example.com\n" + EVIL, ROW, OriginsTest.ORIGIN_MESSAGE);
        }
    }

    @Test
    void aServerForOthersHasAnyNameButStillLooksAtOrigins() throws IOException {
        try (ModelServer open = server("0.0.0.0", new ServerConfig.Security(null, null, true))) {
            String host = "Host: models.example.com\n";
            assertThat(Wire.send(open, PREDICT + host, ROW).status()).isEqualTo(200);
            for (String scheme : List.of("http", "https")) { // the latter where a proxy has taken TLS away
                String own = "Origin: " + scheme + "://models.example.com";
                assertThat(Wire.send(open, PREDICT + host + own, ROW).status()).isEqualTo(200);
            }
            OriginsTest.refuses(open, PREDICT + host + EVIL, ROW, OriginsTest.ORIGIN_MESSAGE);
            OriginsTest.refuses(
                    open,
                    PREDICT + "Host: models.example.com:8080\nOrigin: https://models.example.com",
                    ROW,
                    OriginsTest.ORIGIN_MESSAGE);
        }
    }
}
