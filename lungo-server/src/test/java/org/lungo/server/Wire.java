package org.lungo.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests byte by byte as they are written here: a client's library would refuse some, and add to others. */
final class Wire {
    private static final JsonMapper JSON = new JsonMapper();

    private Wire() {}

    /** What came back. */
    record Answer(int status, List<String> headers, String body) {
        /** The value of a header, or an empty text. */
        String header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /**
     * Sends a request and reads until the server hangs up.
     *
     * @param head the request line and headers, each on a line; {@code PORT} stands for the server's
     */
    static Answer send(ModelServer server, String head, String body) throws IOException {
        int port = URI.create(server.url()).getPort();
        String lines = head.strip().replace("PORT", Integer.toString(port)).replace("\n", "\r\n");
        String request = lines + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = reply.indexOf("\r\n\r\n");
            List<String> received = List.of(reply.substring(0, end).split("\r\n"));
            return new Answer(
                    Integer.parseInt(received.get(0).substring(9, 12)),
                    received.subList(1, received.size()),
                    reply.substring(end + 4));
        }
    }
}
