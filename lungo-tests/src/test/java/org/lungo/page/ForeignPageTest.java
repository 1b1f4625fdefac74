package org.lungo.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.Origin;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;

/** A page of another origin that asks the server in every way that a page has. */
@Tag("browser")
@Tag("slow")
class ForeignPageTest {
    private static final String ROW = "{\"instances\":[{\"age\":41}]}";
    private static final String KEY = "shop-key-shop-key";

    /** Only the browser believes that this name leads to this machine. */
    private static final String REBOUND = "evil.example";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static HttpServer site;
    private static ModelServer server;
    private static String before;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(
                folder.resolve("profile"), List.of("--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1"));
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>Foreign</title><body>A foreign page".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
        StringBuilder rows = new StringBuilder("age,churn\n");
        for (int i = 0; i < 200; i++) {
            rows.append(18 + i % 60).append(i % 60 > 30 ? ",yes\n" : ",no\n");
        }
        String data = Files.writeString(folder.resolve("data.csv"), rows).toString();
        for (String run : List.of("churn-1", "churn-2")) {
            TableStudy.run(data, "churn", "train.epochs=2", "model.hidden=[8]", "evaluate.importance=false")
                    .into(folder.resolve("models").resolve(run), Listener.NONE);
        }
        server = server(ServerConfig.Security.OPEN);
        before = state();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (site != null) {
            site.stop(0);
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static ModelServer server(ServerConfig.Security security) throws IOException {
        ServerConfig config = new ServerConfig("127.0.0.1", 0, security, Limits.DEFAULTS, 5, 60_000, null);
        Place place = Place.parse(folder.resolve("models").toString());
        return ModelServer.start(config, List.of(place), c -> c);
    }

    private static String foreign(String host) {
        return "http://" + host + ":" + site.getAddress().getPort();
    }

    /** What a program reads of the model: both versions, and when the newest was loaded. */
    private static String state() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/models/churn"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"version\":2", "\"versions\":[1,2]", "\"loaded\":");
        return answer.body();
    }

    /** What the page gets for {@code fetch(url, options)}: status, type and text of the answer, or the error's name. */
    private static String fetch(String url, String options) {
        return String.valueOf(browser.scriptAsync("const done = arguments[0]; fetch('" + url + "', " + options + ")"
                + ".then(async answer => done([answer.status, answer.type, await answer.text()].join(' ')))"
                + ".catch(error => done(error.name))"));
    }

    /** From another site (localhost is not 127.0.0.1 to a browser), from another port of this one, and from a file. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "file"})
    void readsAndChangesNothing(String where) throws Exception {
        browser.open(
                where.equals("file")
                        ? Files.writeString(folder.resolve("page.html"), "<body>A foreign page")
                                .toUri()
                                .toString()
                        : foreign(where));
        assertThat(browser.text("body")).isEqualTo("A foreign page");
        String predict = server.url() + "/v1/models/churn:predict";
        for (String headers :
                List.of("", ", headers: {'Content-Type': 'application/json'}")) { // the latter asks before
            assertThat(fetch(predict, "{method: 'POST', body: '" + ROW + "'" + headers + "}"))
                    .isEqualTo("TypeError");
        }
        assertThat(fetch(server.url() + "/v1/models", "{}")).isEqualTo("TypeError");
        for (String path : List.of(
                "/v1/models/churn:predict",
                "/v2/repository/models/churn/load",
                "/v2/repository/models/churn/rollback",
                "/v2/repository/models/churn/unload")) {
            assertThat(fetch(server.url() + path, "{method: 'POST', mode: 'no-cors', body: '" + ROW + "'}"))
                    .isEqualTo("0 opaque ");
            assertThat(fetch(server.url() + path, "{method: 'POST', mode: 'no-cors'}"))
                    .isEqualTo("0 opaque ");
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
    void formsChangeNothing(String type) throws Exception {
        for (String action : List.of("load", "rollback", "unload")) {
            browser.open(foreign("localhost"));
            String url = server.url() + "/v2/repository/models/churn/" + action;
            post(url, type, "frame");
            browser.await("the frame is there", () -> Boolean.TRUE.equals(browser.script("return window.answered")));
            assertThat(state()).isEqualTo(before);
            post(url, type, "_self");
            browser.await("refused", () -> browser.text("body").contains("Received: Origin: " + foreign("localhost")));
            assertThat(browser.script("return location.href")).isEqualTo(url);
            assertThat(state()).isEqualTo(before);
        }
    }

    private static void post(String url, String type, String target) {
        browser.script(
                "const frame = document.createElement('iframe'); frame.name = 'frame';"
                        + "document.body.append(frame);"
                        + "const form = Object.assign(document.createElement('form'),"
                        + " {method: 'POST', action: arguments[0], enctype: arguments[1], target: arguments[2]});"
                        + "form.append(Object.assign(document.createElement('input'), {name: '{\"a\":\"', value: '\"}'}));"
                        + "document.body.append(form);"
                        + "frame.onload = () => { window.answered = true; }; form.submit();",
                url,
                type,
                target);
    }

    @Test
    void imagesAndFramesShowNothingAndLinksWork() {
        browser.open(foreign("localhost"));
        Object loaded = browser.scriptAsync("const done = arguments[0], image = new Image();"
                + "image.onload = () => done(true); image.onerror = () => done(false);"
                + "image.src = '" + server.url() + "/icon.svg'");
        assertThat(loaded).isEqualTo(false);
        browser.script("document.body.innerHTML = '<a href=\"" + server.url() + "\">models</a>'");
        browser.find("a").click();
        assertThat(browser.text("#models")).contains("churn");
        browser.find("#row button").click();
        assertThat(browser.text(".result")).contains("with a probability");
    }

    /** The browser takes page and server for one origin: only the name in Host gives the page away. */
    @Test
    void aReboundNameReadsNothing() throws Exception {
        String rebound = "http://" + REBOUND + ":" + URI.create(server.url()).getPort();
        browser.open(rebound + "/no/page");
        assertThat(browser.text("body")).contains("Received: Host: " + REBOUND);
        assertThat(fetch("/v1/models", "{}")).startsWith("403 basic ").doesNotContain("churn");
        assertThat(fetch("/v1/models/churn:predict", "{method: 'POST', body: '" + ROW + "'}"))
                .startsWith("403 basic ")
                .doesNotContain("predictions");
        assertThat(fetch("/v2/repository/models/churn/unload", "{method: 'POST'}"))
                .startsWith("403 basic ");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aListedOriginReadsPredictionsAndErrors() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer " + KEY + "\n");
        List<Origin> origins = List.of(Origin.parse(foreign("localhost")));
        try (ModelServer sharing = server(new ServerConfig.Security(keys, null, false, origins))) {
            String predict = sharing.url() + "/v1/models/churn:predict";
            String headers = "headers: {'Content-Type': 'application/json', 'Lungo-Deadline-Ms': '9000',"
                    + " 'X-Stainless-Lang': 'js', Authorization: 'Bearer " + KEY + "'}";
            browser.open(foreign("localhost"));
            assertThat(fetch(predict, "{method: 'POST', body: '" + ROW + "', " + headers + "}"))
                    .startsWith("200 cors {\"predictions\":[{\"label\":");
            assertThat(fetch(predict, "{method: 'POST', body: '{}', " + headers + "}"))
                    .startsWith("400 cors {\"error\":");
            assertThat(fetch(predict, "{method: 'POST', body: '" + ROW + "'}"))
                    .startsWith("401 cors {\"error\":\"a key is needed");
            assertThat(fetch(sharing.url() + "/v2/health/ready", "{}")).isEqualTo("200 cors {\"ready\":true}");
            browser.open(foreign("127.0.0.1")); // not listed
            assertThat(fetch(predict, "{method: 'POST', body: '" + ROW + "', " + headers + "}"))
                    .isEqualTo("TypeError");
        }
    }
}
