package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

/** Callers that send their whole body before they read: they see why it was refused, not a broken pipe. */
class LingeringTest {
    private static final int LIMIT = 4 << 20;
    private static final String PREDICT = "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    private static Path folder;

    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn");
        Path keys = Files.writeString(folder.resolve("keys.txt"), "shop infer shop-key-shop-key\n");
        ServerConfig config = new ServerConfig(
                "127.0.0.1",
                0,
                new ServerConfig.Security(keys, null, false),
                new Limits(LIMIT, 64, 1000),
                1,
                60_000,
                null);
        server = ModelServer.start(
                config, List.of(Place.parse(folder.resolve("churn").toString())), c -> c);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Ten times each: the pipe broke now and then only. */
    @Test
    void aRefusalReachesACallerWhoStillSends() throws IOException {
        String key = "X-API-Key: shop-key-shop-key\r\n";
        for (int i = 0; i < 10; i++) {
            assertThat(sent(PREDICT + key + length(2 * LIMIT), 2 * LIMIT)).startsWith("HTTP/1.1 413");
            assertThat(sent(PREDICT + key + "Content-Type: text/plain\r\n" + length(LIMIT), LIMIT))
                    .startsWith("HTTP/1.1 415");
            assertThat(sent(PREDICT + length(LIMIT), LIMIT)).startsWith("HTTP/1.1 401");
            assertThat(sent("PUT / HTTP/1.1\r\nHost: localhost\r\n" + length(LIMIT), LIMIT))
                    .startsWith("HTTP/1.1 405");
        }
    }

    /** A body whose length is not said. */
    @Test
    void aRefusalReachesACallerOfChunks() throws IOException {
        String piece = "10000\r\n" + " ".repeat(1 << 16) + "\r\n";
        String head = PREDICT + "X-API-Key: shop-key-shop-key\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 2 * LIMIT >> 16; i++) {
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413");
        }
    }

    /** A body without end is not read for ever: after twice as many bytes as a body may have, the connection closes. */
    @Test
    void aBodyWithoutEndIsCutOff() throws IOException {
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write((PREDICT + length(1 << 30)).getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[1 << 16];
            int pieces = 0;
            try {
                for (; pieces < 1 << 14; pieces++) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // the server has closed the connection
            }
            assertThat(pieces).as("pieces of 64 kB that were sent").isBetween(LIMIT >> 16, 1000);
        }
    }

    /** Who waits to be asked for the body is answered at once, and is not asked. */
    @Test
    void whoExpectsToBeAskedSendsNothing() throws IOException {
        try (Socket socket = socket()) {
            String head = PREDICT + "Expect: 100-continue\r\n" + length(2 * LIMIT);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            assertThat(answer(socket)).startsWith("HTTP/1.1 401");
            assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
        }
    }

    private static String length(int bytes) {
        return "Content-Length: " + bytes + "\r\n\r\n";
    }

    private static String sent(String head, int bytes) throws IOException {
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[1 << 16];
            for (int sent = 0; sent < bytes; sent += piece.length) {
                out.write(piece);
            }
            return answer(socket);
        }
    }

    private static Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] reply = new byte[4096];
        int read = socket.getInputStream().read(reply);
        return new String(reply, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    }
}
