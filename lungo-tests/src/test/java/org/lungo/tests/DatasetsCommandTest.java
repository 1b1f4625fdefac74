package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;
import org.lungo.data.Datasets;

/** The command against a mirror on the loopback interface that serves the files of the folder LUNGO_DATA. */
class DatasetsCommandTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private Path data;

    @BeforeEach
    void serve() throws IOException {
        String named = System.getenv("LUNGO_DATA");
        data = named != null ? Path.of(named) : Path.of("../../shared/data");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = content(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesWhatTheCatalogueSays() throws IOException {
        boolean found = Files.exists(data.resolve("iris/iris.csv"));
        if ("true".equals(System.getenv("LUNGO_REQUIRE_DATA"))) {
            assertThat(found)
                    .as("LUNGO_REQUIRE_DATA is set and there is no " + data)
                    .isTrue();
        }
        assumeTrue(found, "skipped: no iris/iris.csv in " + data + "; set LUNGO_DATA");
        for (Datasets.Entry entry : Datasets.all()) {
            Path out = folder.resolve(entry.name());
            assertThat(get(entry.name(), out)).as(entry.name()).isZero();
            assertThat(names(out))
                    .containsExactlyInAnyOrderElementsOf(
                            entry.files().stream().map(Datasets.File::name).toList());
        }
    }

    @Test
    void exitsWithTheDocumentedCodes() throws IOException {
        data = folder;
        assertThat(Lungo.run("datasets")).isZero();
        assertThat(get("irs", folder.resolve("a"))).isEqualTo(2);
        assertThat(get("iris", folder.resolve("a"))).isEqualTo(5);
        assertThat(Files.notExists(folder.resolve("a"))).isTrue();
        server.stop(0);
        assertThat(get("iris", folder.resolve("a"))).isEqualTo(1);
    }

    private int get(String name, Path out) {
        String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
        return Lungo.run("datasets", "get", name, "--out", out.toString(), "--mirror", mirror);
    }

    /** The file whose dataset lists {@code path}, unpacked; where there is none, some other text. */
    private byte[] content(String path) throws IOException {
        for (Datasets.Entry entry : Datasets.all()) {
            for (Datasets.File file : entry.files()) {
                Path plain = data.resolve(entry.name()).resolve(file.name());
                Path packed = plain.resolveSibling(file.name() + ".gz");
                if (path.equals("/" + file.path()) && Files.exists(plain)) {
                    return Files.readAllBytes(plain);
                }
                if (path.equals("/" + file.path()) && Files.exists(packed)) {
                    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
                        return in.readAllBytes();
                    }
                }
            }
        }
        return new byte[] {'?'};
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
