package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;

class SecurityTest {
    private static final String ROW = "{\"instances\":[{\"age\":41}]}";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn");
    }

    @Test
    void asksForKeysAndKeepsHealthOpen() throws Exception {
        Path keys = Files.writeString(
                folder.resolve("keys.txt"),
                "shop infer shop-key-shop-key\nprobe metrics probe-key-probe-key\nops admin ops-key-ops-key-ops\n");
        try (ModelServer server = server(new ServerConfig.Security(keys, null, false))) {
            Caller caller = Caller.of(server);
            assertThat(caller.get("/v2/health/ready").status()).isEqualTo(200);
            assertThat(caller.get("/v2/health/live").status()).isEqualTo(200);
            Caller.Reply none = caller.post("/v1/models/churn:predict", ROW);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
            String shop = "Bearer shop-key-shop-key";
            assertThat(caller.post("/v1/models/churn:predict", ROW, "Authorization", shop)
                            .status())
                    .isEqualTo(200);
            assertThat(caller.post("/v1/models/churn:predict", ROW, "X-API-Key", "shop-key-shop-kez")
                            .status())
                    .isEqualTo(401);
            assertThat(caller.get("/metrics", "Authorization", shop).status()).isEqualTo(403);
            assertThat(caller.get("/metrics", "X-API-Key", "probe-key-probe-key")
                            .status())
                    .isEqualTo(200);
            assertThat(caller.post("/v2/repository/index", "", "Authorization", shop)
                            .status())
                    .isEqualTo(403);
            assertThat(caller.post("/v2/repository/index", "", "X-API-Key", "ops-key-ops-key-ops")
                            .status())
                    .isEqualTo(200);
            assertThat(server.examples().get(0)).contains("Authorization: Bearer $KEY");
        }
    }

    @Test
    void othersMayNotReachAServerWithoutKeys() {
        assertThatThrownBy(() -> config("0.0.0.0", ServerConfig.Security.OPEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name a file with --keys, or say --insecure");
        assertThat(config("0.0.0.0", new ServerConfig.Security(null, null, true))
                        .host())
                .isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> config("no.such.host.invalid", ServerConfig.Security.OPEN))
                .hasMessageContaining("host must be an address of this machine");
    }

    @Test
    void speaksTls() throws Exception {
        KeyStore store = certificate();
        Path certificate =
                pem("cert.pem", "CERTIFICATE", store.getCertificate("lungo").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", store.getKey("lungo", PASSWORD).getEncoded());
        try (ModelServer server = server(new ServerConfig.Security(null, new Tls(certificate, key), false))) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            Caller caller = new Caller(
                    server.url(), HttpClient.newBuilder().sslContext(context).build());
            assertThat(caller.post("/v1/models/churn:predict", ROW).status()).isEqualTo(200);
            assertThat(caller.post("/v1/models/churn:predict", ROW, "Origin", server.url())
                            .status())
                    .isEqualTo(200);
            String unprotected =
                    server.url().replace("https:", "http:"); // anybody on the way may have written its page
            assertThat(caller.post("/v1/models/churn:predict", ROW, "Origin", unprotected)
                            .status())
                    .isEqualTo(403);
        }
        assertThatThrownBy(() -> new Tls(certificate, certificate).context())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> new Tls(key, key).context()).isInstanceOf(IllegalArgumentException.class);
    }

    /** A self-signed certificate for 127.0.0.1, made by the JDK's keytool. */
    private static KeyStore certificate() throws Exception {
        Path file = folder.resolve("store.p12");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "lungo",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(code).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static Path pem(String name, String kind, byte[] encoded) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    /** Whatever is sent, no answer shows a stack trace, a class or a path of ours. */
    @Test
    void showsNothingOfItself() throws Exception {
        try (ModelServer server = server(ServerConfig.Security.OPEN)) {
            for (String request : List.of(
                    "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET /v1/models/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/9.9\r\n\r\n",
                    "NONSENSE\r\n\r\n",
                    "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                    "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")) {
                String reply = raw(server, request);
                assertThat(reply).as(request).startsWith("HTTP/1.").doesNotContain(" 500 ");
                assertThat(reply)
                        .doesNotContain("Exception")
                        .doesNotContain("org.")
                        .doesNotContain(folder.toString())
                        .doesNotContain("Jetty");
            }
        }
    }

    /** More callers than there are threads send half a body and wait: others are answered all the same. */
    @Test
    void slowBodiesHoldNoThread() throws Exception {
        try (ModelServer server = server(ServerConfig.Security.OPEN)) {
            List<Socket> slow = new ArrayList<>();
            try {
                int port = java.net.URI.create(server.url()).getPort();
                for (int i = 0; i < 300; i++) {
                    Socket socket = new Socket("127.0.0.1", port);
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream().write(slowly("100").getBytes(StandardCharsets.ISO_8859_1));
                    slow.add(socket);
                }
                String request = slowly(Integer.toString(ROW.length())) + ROW.substring(1);
                assertThat(raw(server, request)).startsWith("HTTP/1.1 200");
                assertThat(slow.get(0).getInputStream().available()).isZero();
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    private static String slowly(String length) {
        return "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n{";
    }

    private static String raw(ModelServer server, String request) throws IOException {
        int port = java.net.URI.create(server.url()).getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] reply = new byte[4096];
            int read = socket.getInputStream().read(reply);
            return new String(reply, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        }
    }

    private static ServerConfig config(String host, ServerConfig.Security security) {
        return new ServerConfig(host, 0, security, Limits.DEFAULTS, 5, 60_000, null);
    }

    private static ModelServer server(ServerConfig.Security security) throws IOException {
        return ModelServer.start(
                config("127.0.0.1", security),
                List.of(Place.parse(folder.resolve("churn").toString())),
                c -> c);
    }
}
