package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

/** The files of the page, found as a browser finds them: by what each refers to. */
class PageTest {
    private static final Path SOURCES = Path.of("src/main/resources/org/lungo/server/http");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src=\"|<link [^>]*href=\"|from '|script\\.src = ')([^\"']+)");
    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html",
            ".css", "text/css",
            ".js", "text/javascript",
            ".svg", "image/svg+xml");
    private static final String CHARTS = "/echarts.js";

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Map<String, Caller.Reply> files;

    @BeforeAll
    static void start() throws Exception {
        TrainedModels.run(folder.resolve("churn"), "churn");
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer shop-key-shop-key\n");
        ServerConfig config = new ServerConfig(
                "127.0.0.1", 0, new ServerConfig.Security(keys, null, false), Limits.DEFAULTS, 1, 60_000, null);
        server = ModelServer.start(
                config, List.of(Place.parse(folder.resolve("churn").toString())), c -> c);
        files = crawl();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Caller.Reply> crawl() throws IOException, InterruptedException {
        Map<String, Caller.Reply> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/"));
        while (!open.isEmpty()) {
            String path = open.pop();
            if (found.containsKey(path)) {
                continue;
            }
            Caller.Reply reply = Caller.of(server).get(path);
            found.put(path, reply);
            if (!path.equals(CHARTS)) {
                REFERENCE.matcher(reply.text()).results().forEach(match -> {
                    boolean module = match.group().startsWith("from"); // else it is relative to the page
                    open.add(URI.create(module ? path : "/")
                            .resolve(match.group(1))
                            .toString());
                });
            }
        }
        return found;
    }

    @Test
    void everyFileIsServedWithoutAKey() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            List<String> names = all.filter(Files::isRegularFile)
                    .map(file -> "/" + SOURCES.relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.equals("/page.html") ? "/" : name)
                    .toList();
            assertThat(names).contains("/", "/page.js", "/page.css", "/icon.svg");
            assertThat(files.keySet()).containsAll(names).contains(CHARTS).hasSize(names.size() + 1);
        }
        assertThat(files.values())
                .allSatisfy(reply -> assertThat(reply.status())
                        .as(reply.response().uri().toString())
                        .isEqualTo(200));
        assertThat(files.get(CHARTS).text()).contains("echarts");
    }

    @Test
    void headersLetNothingElseIn() {
        files.forEach((path, reply) -> {
            String ending = path.equals("/") ? path : path.substring(path.lastIndexOf('.'));
            assertThat(header(reply, "Content-Type"))
                    .isIn(TYPES.get(ending) + ";charset=utf-8", TYPES.get(ending) + "; charset=utf-8");
            assertThat(header(reply, "Content-Security-Policy"))
                    .contains(
                            "default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("http", "*", "unsafe-eval");
            assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(reply, "Cache-Control")).isEqualTo(path.equals(CHARTS) ? "max-age=86400" : "no-cache");
        });
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        files.forEach((path, reply) -> {
            if (!path.equals(CHARTS)) {
                assertThat(reply.text().replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                        .as(path)
                        .doesNotContainPattern("https?:|[\"'(]//|@import|\\burl\\(");
            }
        });
    }

    /** What the policy would stop in a browser, and what would let texts from data become markup. */
    @Test
    void noScriptStandsInMarkupAndNoMarkupInScripts() {
        assertThat(files.get("/").text())
                .doesNotContainPattern("<script(?![^>]* src=)|\\son[a-z]+=|\\sstyle=|javascript:");
        files.forEach((path, reply) -> {
            if (path.endsWith(".js") && !path.equals(CHARTS)) {
                assertThat(reply.text())
                        .as(path)
                        .doesNotContainPattern(
                                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|Function\\(");
            }
        });
    }

    /** A new family must need no new JavaScript, so that none of it may ask what family a model is of. */
    @Test
    void modelsAreShownByTheirViewAlone() {
        files.forEach((path, reply) -> {
            if (path.endsWith(".js") && !path.equals(CHARTS)) {
                assertThat(reply.text()).as(path).doesNotContainPattern("\\.task\\b|\\.family\\b|\\btask[,:} ]");
            }
        });
    }

    private static String header(Caller.Reply reply, String name) {
        return reply.response().headers().firstValue(name).orElse("none");
    }
}
