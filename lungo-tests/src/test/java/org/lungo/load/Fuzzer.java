package org.lungo.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Sends requests that are almost right to every route and looks for answers that no request may get. */
final class Fuzzer {
    private static final int PATIENCE = 10_000;
    private static final List<String> TOKENS = List.of(
            "NaN",
            "Infinity",
            "-1e999",
            "1e308",
            "1e-400",
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "[[",
            "{\"a\":",
            "\\u0000",
            "\"\\ud800\"",
            "99999999999999999999999",
            "-0",
            "0x10",
            "\"age\":1,\"age\":2,",
            ",",
            ":",
            "\u0000",
            "\uFEFF",
            "\u4F60\u597D",
            "'",
            "<script>",
            "../",
            "%00",
            "%2e%2e%2f",
            "{{7*7}}",
            "; DROP TABLE t",
            "1".repeat(500));
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Transfer-Encoding: chunked",
            "Lungo-Deadline-Ms: -5",
            "Lungo-Deadline-Ms: 1",
            "X-Request-Id: \u0001\u0002",
            "Inference-Header-Content-Length: 10",
            "Expect: 100-continue",
            "Authorization: Bearer",
            "Range: bytes=0-1",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
            "Content-Length: 99999999999999999999");

    private final int port;
    private final List<String[]> requests;
    private final Random random;
    private final Map<Integer, Integer> codes = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();

    /**
     * A fuzzer.
     *
     * @param requests method, path and body of requests that are right
     */
    Fuzzer(int port, List<String[]> requests, long seed) {
        this.port = port;
        this.requests = requests;
        this.random = new Random(seed);
    }

    /** Sends {@code count} requests. */
    void run(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] request = request();
            String reply = reply(request);
            judge(request, reply);
        }
    }

    /** How often each status came; 0 where the connection was closed without an answer, as for what is not HTTP. */
    Map<Integer, Integer> codes() {
        return codes;
    }

    /** Requests with the answers that they must not get. */
    List<String> findings() {
        return findings;
    }

    private void judge(byte[] request, String reply) {
        int status = reply.startsWith("HTTP/1.") ? Integer.parseInt(reply.substring(9, 12)) : 0;
        codes.merge(status, 1, Integer::sum);
        boolean bad = status >= 500 && status != 501 && status != 503 && status != 504 && status != 505
                || status == -1
                || reply.contains("Exception")
                || reply.contains("\tat ")
                || reply.equals("hang");
        if (bad && findings.size() < 20) {
            findings.add(new String(request, StandardCharsets.ISO_8859_1) + "\n=> " + reply);
        }
    }

    private byte[] request() {
        String[] pattern = requests.get(random.nextInt(requests.size()));
        String method = random.nextInt(20) == 0
                ? pick(List.of("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get"))
                : pattern[0];
        String path = random.nextInt(8) == 0 ? mutate(pattern[1]) : pattern[1];
        String text = pattern[2];
        for (int i = random.nextInt(4); i > 0; i--) {
            text = mutate(text);
        }
        byte[] body = text.getBytes(random.nextInt(30) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder(method + " " + path.replace("\n", "") + " HTTP/1.1\r\nHost: localhost\r\n");
        boolean odd = random.nextInt(6) == 0;
        if (odd) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        if (!odd || random.nextBoolean()) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private String mutate(String text) {
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        int to = Math.min(text.length(), at + 1 + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + pick(TOKENS) + text.substring(at);
            case 2 -> text.substring(0, at) + pick(TOKENS) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(at);
            case 4 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
            case 5 -> text.substring(0, at);
            default -> text.replaceFirst("\\d+", pick(TOKENS).replace("\\", "").replace("$", ""));
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String reply(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request);
            socket.shutdownOutput(); // a body that is shorter than announced ends here
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(4096), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            return "hang";
        } catch (IOException e) {
            return "closed";
        }
    }
}
