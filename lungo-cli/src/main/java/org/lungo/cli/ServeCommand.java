package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Origin;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.Tls;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves models over HTTP until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve models over HTTP, from run folders, model folders or a folder that is watched.",
        footer = {
            "",
            "Examples:",
            "  lungo serve runs/customers-001",
            "  lungo serve churn=runs/customers-002 --port 9000",
            "  lungo serve models --host 0.0.0.0 --keys keys.txt --tls-cert cert.pem --tls-key key.pem"
        })
final class ServeCommand implements Callable<Integer>, Commands.Computing {
    @Parameters(
            paramLabel = "RUN|MODEL|FOLDER",
            arity = "1..*",
            description = "Run or model folders; NAME=FOLDER gives a name. A folder of several models is watched.")
    private List<String> places = new ArrayList<>();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on (default: 127.0.0.1).")
    private String host = ServerConfig.DEFAULTS.host();

    @Option(names = "--port", paramLabel = "N", description = "The port; 0 takes a free one (default: 8080).")
    private int port = ServerConfig.DEFAULTS.port();

    @ArgGroup(exclusive = false, validate = false)
    private Security security = new Security();

    @ArgGroup(exclusive = false, validate = false)
    private Batching batching = new Batching();

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            description = "The largest body of a request (default: 67108864).")
    private long maxBody = Limits.DEFAULTS.bodyBytes();

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "The file to log each request to, as a line of JSON; - for standard error.")
    private @Nullable String accessLog;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "How long open requests may take to finish when the server stops (default: 30).")
    private int drain = ServerConfig.DEFAULTS.drainSeconds();

    /** Who may ask. */
    static final class Security {
        @Option(
                names = "--keys",
                paramLabel = "FILE",
                description = "The file of API keys: lines of NAME PERMISSIONS KEY.")
        private @Nullable Path keys;

        @Option(names = "--tls-cert", paramLabel = "FILE", description = "A certificate in PEM; with --tls-key.")
        private @Nullable Path certificate;

        @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key in PEM (PKCS #8).")
        private @Nullable Path key;

        @Option(names = "--insecure", description = "Answer everyone who reaches the server, without keys.")
        private boolean insecure;

        @Option(
                names = "--allow-origin",
                split = ",",
                paramLabel = "ORIGIN",
                description =
                        "Answer web pages of an origin such as https://app.example.com; its host is also accepted in"
                                + " the header Host, for proxies. Can be given several times; none for no origin"
                                + " (default: what each model lists, serve.allow_origin).")
        private @Nullable List<String> origins;

        /** The origins, in words; null where nothing is said. */
        @Nullable
        List<String> listed() {
            return List.of("none").equals(origins) ? List.of() : origins;
        }

        ServerConfig.Security read() {
            if ((certificate == null) != (key == null)) {
                throw new IllegalArgumentException("--tls-cert and --tls-key go together");
            }
            Tls tls = certificate == null || key == null ? null : new Tls(certificate, key);
            List<String> listed = listed();
            return new ServerConfig.Security(
                    keys,
                    tls,
                    insecure,
                    listed == null ? null : listed.stream().map(Origin::parse).toList());
        }
    }

    /** How requests share a pass of the model. */
    static final class Batching {
        @Option(
                names = "--max-batch",
                paramLabel = "N",
                description = "The maximum number of rows in a pass (default: the model's own, 32).")
        private @Nullable Integer maxBatch;

        @Option(
                names = "--max-delay-ms",
                paramLabel = "N",
                description = "Milliseconds that a pass waits for more rows (2).")
        private @Nullable Integer maxDelayMs;

        @Option(names = "--queue", paramLabel = "N", description = "The maximum number of waiting requests (256).")
        private @Nullable Integer queue;

        @Option(
                names = "--deadline-ms",
                paramLabel = "N",
                description = "Milliseconds after which a request is given up (30000).")
        private @Nullable Integer deadlineMs;

        @Option(
                names = "--max-texts",
                paramLabel = "N",
                description = "The maximum number of texts that a language model writes at once (32).")
        private @Nullable Integer maxTexts;

        @Option(
                names = "--precision",
                paramLabel = "TYPE",
                description = "The type of language models' weights: fp32, bf16, int8 or int4 (as stored).")
        private @Nullable Precision precision;

        ServeConfig over(ServeConfig config, @Nullable List<String> origins) {
            return new ServeConfig(
                    maxBatch == null ? config.maxBatch() : maxBatch,
                    maxDelayMs == null ? config.maxDelayMs() : maxDelayMs,
                    queue == null ? config.queue() : queue,
                    deadlineMs == null ? config.deadlineMs() : deadlineMs,
                    origins == null ? config.allowOrigin() : origins);
        }

        /** What only language models know. */
        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            if (maxTexts != null) {
                options.put("max_texts", maxTexts.toString());
            }
            if (precision != null) {
                options.put("precision", precision.toString());
            }
            return options;
        }
    }

    private ServeConfig over(ServeConfig config) {
        return batching.over(config, security.listed());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TextServing.DEFAULTS.over(this::over, batching.options()); // refuses what is out of range before loading
        ServerConfig config = new ServerConfig(
                host,
                port,
                security.read(),
                new Limits(maxBody, Limits.DEFAULTS.depth(), Limits.DEFAULTS.rows()),
                drain,
                ServerConfig.DEFAULTS.watchMillis(),
                accessLog);
        List<Place> found = places.stream().map(Place::parse).toList();
        ModelServer server = ModelServer.start(config, found, this::over, batching.options());
        System.out.println("ready " + server.url());
        server.examples().forEach(System.out::println);
        server.sharing().forEach(System.out::println);
        System.out.flush();
        return StopSignal.await(server::close);
    }
}
