package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.tensor.CorruptFileException;

/** Against a server on the loopback interface. */
class DatasetsTest {
    private static final String TABLE = "age,plan\n41,gold\n";
    private static final String PATH = "somebody/tables/abc123/table.csv";

    @TempDir
    Path folder;

    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, String> files = Map.of(
                "/" + PATH, TABLE,
                "/mirror/" + PATH, TABLE,
                "/changed/" + PATH, TABLE.replace("41", "14"),
                "/cut/" + PATH, TABLE.substring(0, 9),
                "/long/" + PATH, TABLE.repeat(1000));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String text = files.get(exchange.getRequestURI().getPath());
            byte[] body = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
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
    void fetchesAFileOnce() throws IOException {
        List<Path> files = entry().get(folder.resolve("new/folder"), at(""));
        assertThat(files).containsExactly(folder.resolve("new/folder/table.csv"));
        assertThat(files.get(0)).hasContent(TABLE);
        assertThat(names(folder.resolve("new/folder"))).containsExactly("table.csv");
        entry().get(folder.resolve("new/folder"), at(""));
        assertThat(requests).hasValue(1);
    }

    @Test
    void fetchesFromAFolderOfAMirror() throws IOException {
        assertThat(entry().get(folder, at("/mirror/")).get(0)).hasContent(TABLE);
    }

    @ParameterizedTest
    @MethodSource
    void leavesNothingBehindWhenTheContentIsWrong(String path, String received) throws IOException {
        assertThatThrownBy(() -> entry().get(folder, at(path)))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(path + "/" + PATH + " must have 17 bytes and the SHA-256 " + sha256(TABLE))
                .hasMessageContaining("Received: " + received);
        assertThat(names(folder)).isEmpty();
    }

    static Stream<Arguments> leavesNothingBehindWhenTheContentIsWrong() {
        return Stream.of(
                Arguments.of("/changed", "17 bytes"), Arguments.of("/cut", "9 bytes"), Arguments.of("/long", "more"));
    }

    @Test
    void saysWhichStatusCame() throws IOException {
        assertThatThrownBy(() -> entry().get(folder, at("/none")))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("/none/" + PATH + ". Received: HTTP status 404");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void saysWhenNobodyAnswers() throws IOException {
        URI address = at("");
        server.stop(0);
        assertThatThrownBy(() -> entry().get(folder, address))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("cannot fetch " + address + "/" + PATH + ": no connection; check")
                .hasMessageContaining("https.proxyHost");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void saysWhenThereIsNoSuchServer() {
        assertThatThrownBy(() -> entry().get(folder, URI.create("http://nowhere.invalid")))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("cannot fetch http://nowhere.invalid/" + PATH + ": no such server; check");
    }

    @Test
    void keepsAnotherFileOfThatName() throws IOException {
        Path other = Files.writeString(folder.resolve("table.csv"), "mine");
        assertThatThrownBy(() -> entry().get(folder, at("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table.csv exists and is another file than");
        assertThat(other).hasContent("mine");
    }

    @Test
    void refusesAMirrorThatIsNoWebAddress() {
        assertThatThrownBy(() -> entry().get(folder, URI.create("ftp://example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mirror must be an address that starts with https:// or http://."
                        + " Received: ftp://example.org");
    }

    @Test
    void suggestsAName() {
        assertThatThrownBy(() -> Datasets.named("irs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no dataset 'irs'; did you mean 'iris'? Known are adult, german_credit,");
    }

    @Test
    void listsFilesByCommitAndHash() {
        assertThat(Datasets.all()).hasSize(11).allSatisfy(entry -> {
            assertThat(entry.next())
                    .contains(
                            "{dir}/" + entry.files().get(0).name(),
                            entry.target() == null ? "train" : "--target " + entry.target());
            assertThat(entry.files()).allSatisfy(file -> {
                assertThat(file.path()).matches("[\\w-]+/[\\w-]+/[0-9a-f]{40}/.+");
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
            });
        });
    }

    private Datasets.Entry entry() {
        Datasets.File file = new Datasets.File(PATH, TABLE.length(), sha256(TABLE));
        return new Datasets.Entry("table", "", "binary", "plan", "", List.of(file), "");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static String sha256(String text) {
        return Source.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
