package org.lungo.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.RequestLogWriter;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.lungo.deploy.Origin;
import org.lungo.deploy.ServeConfig;
import org.lungo.server.http.AccessLog;
import org.lungo.server.http.JsonErrors;
import org.lungo.server.http.Keys;
import org.lungo.server.http.Lingering;
import org.lungo.server.http.Origins;
import org.lungo.server.http.Routes;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.openai.OpenAi;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.Place;
import org.lungo.server.registry.Watch;
import org.slf4j.LoggerFactory;

/**
 * Models over HTTP.
 *
 * <pre>{@code
 * try (ModelServer server = ModelServer.start(ServerConfig.DEFAULTS, List.of(Place.parse("runs/credit")), c -> c)) {
 *     server.examples().forEach(log::info);
 *     stopped.await();
 * }
 * }</pre>
 */
public final class ModelServer implements AutoCloseable {
    /** Requests wait without threads; these are for callers that take their answers slowly. */
    private static final int MAX_THREADS = 200;

    private static final int MIN_THREADS = 8;
    private static final int IDLE_MILLIS = 30_000;

    /** How long a connection may be silent when the server stops; all that was let in is answered by then. */
    private static final int FAREWELL_MILLIS = 250;

    /** How long what is not drained, such as a page on its way, may take when the server stops. */
    private static final int FINISH_MILLIS = 5_000;

    /** How long the rest of a refused body is read and dropped. */
    private static final int LINGER_MILLIS = 5_000;

    /** More callers than these are not let in until others have gone. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** New connections that come at once; Java's own 50 lets a crowd wait a second and more until TCP tries again. */
    private static final int MAX_WAITING_CONNECTIONS = 1024;

    private final ServerConfig config;
    private final Models models;
    private final ServerMetrics metrics;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Javalin javalin;
    private final Watch watch = new Watch();

    private ServerConfig.Security security() {
        return config.security();
    }

    private ModelServer(ServerConfig config, Models models, ServerMetrics metrics, Keys keys) throws IOException {
        this.config = config;
        this.models = models;
        this.metrics = metrics;
        Origins origins =
                new Origins(config.host(), config.isLocal(), security().origins(), models, metrics);
        Routes routes =
                new Routes(models, metrics, keys, origins, config.limits(), draining, List.of(new OpenAi(models)));
        Tls tls = security().tls();
        var context = tls == null ? null : tls.context();
        this.javalin = Javalin.create(setup -> {
            quiet(setup);
            setup.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
            setup.jetty.modifyServer(this::prepare);
            setup.jetty.addConnector((server, http) -> connector(server, http, context));
            routes.addTo(setup.routes);
        });
    }

    /** What listens is prepared before the models are loaded: libtorch comes up meanwhile. */
    private void begin() throws IOException {
        boolean begun = false;
        try {
            models.loadAll();
            javalin.start();
            watch.start(models, config.watchMillis());
            metrics.watchProcess();
            begun = true;
        } finally {
            if (!begun) {
                models.close();
                metrics.close();
            }
        }
    }

    /**
     * Loads the models of {@code places}, then listens.
     *
     * @param overrules changes how the models' makers want them to be served
     * @throws org.lungo.tensor.CorruptFileException when a model is damaged or no longer answers as it did
     */
    public static ModelServer start(ServerConfig config, List<Place> places, UnaryOperator<ServeConfig> overrules)
            throws IOException {
        return start(config, places, overrules, Map.of());
    }

    /**
     * The same with values that only some families know.
     *
     * @param options by key: {@code max_texts} and {@code precision} of language models
     * @throws org.lungo.tensor.CorruptFileException when a model is damaged or no longer answers as it did
     */
    public static ModelServer start(
            ServerConfig config, List<Place> places, UnaryOperator<ServeConfig> overrules, Map<String, String> options)
            throws IOException {
        Keys keys = config.security().keys() == null
                ? Keys.NONE
                : Keys.read(config.security().keys());
        ServerMetrics metrics = new ServerMetrics();
        Models models = new Models(places, overrules, options, metrics::of, metrics);
        ModelServer server = new ModelServer(config, models, metrics, keys);
        server.begin();
        return server;
    }

    private static void quiet(JavalinConfig setup) {
        setup.startup.showJavalinBanner = false;
        setup.startup.showOldJavalinVersionWarning = false;
        setup.startup.startupWatcherEnabled = false;
        setup.http.compressionStrategy = CompressionStrategy.NONE;
        setup.http.prefer405over404 = true;
        setup.http.defaultContentType = "application/json";
    }

    private void prepare(Server server) {
        server.setErrorHandler(new JsonErrors());
        server.setHandler(new Lingering(2 * config.limits().bodyBytes(), LINGER_MILLIS));
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        String log = config.accessLog();
        if (log != null) {
            RequestLog.Writer writer = log.equals("-") ? AccessLog.standardError() : new RequestLogWriter(log);
            server.setRequestLog(new AccessLog(writer));
            server.addBean(writer);
        }
    }

    private Connector connector(
            Server server,
            HttpConfiguration http,
            org.eclipse.jetty.util.ssl.SslContextFactory.@org.jspecify.annotations.Nullable Server tls) {
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.DEFAULT);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        ServerConnector connector =
                tls == null ? new ServerConnector(server, plain) : new ServerConnector(server, tls, plain);
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(MAX_WAITING_CONNECTIONS);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(FAREWELL_MILLIS);
        return connector;
    }

    /** Where it listens, {@code http://127.0.0.1:8080}. */
    public String url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return (security().tls() == null ? "http://" : "https://") + host + ":" + javalin.port();
    }

    /** How to ask each model, with a real row: lines to try in a shell. */
    public List<String> examples() {
        return models.all().stream()
                .filter(models::isCurrent)
                .map(model -> CurlLine.of(url(), model, security().keys() != null))
                .toList();
    }

    /** Which models let web pages of other origins ask by their own {@code serve.json}: a sentence for each. */
    public List<String> sharing() {
        return security().origins() != null
                ? List.of()
                : models.origins().entrySet().stream()
                        .map(model -> "pages of "
                                + model.getValue().stream()
                                        .map(Origin::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + " may ask " + model.getKey() + " (its serve.json; --allow-origin overrules it)")
                        .toList();
    }

    /** The models. */
    public Models models() {
        return models;
    }

    /**
     * Stops: no request is let in any more, those that are being answered end (within the drain time), then all models are
     * freed.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining.set(true);
        watch.close();
        try {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.drainSeconds());
            while (metrics.inFlight() > 0 && System.nanoTime() < until) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            stopListening(metrics.inFlight() == 0);
        } finally {
            models.close();
            metrics.close();
        }
    }

    /**
     * Closes all connections. Javalin's own stop is not asked: it logs an error and its trace when a caller is slow.
     *
     * @param isDrained whether all that was let in is answered; else nobody is waited for any more
     */
    private void stopListening(boolean isDrained) {
        Server server = javalin.jettyServer().server();
        server.setStopTimeout(isDrained ? FINISH_MILLIS : 0);
        boolean cut = !isDrained;
        try {
            server.stop();
        } catch (Exception e) { // somebody has not taken the answer in time; the connections are closed by now
            cut = true;
        }
        if (cut) {
            LoggerFactory.getLogger(ModelServer.class).warn("connections were closed before their answers were sent");
        }
    }
}
