package org.lungo.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lungo.deploy.serving.ModelMetrics;
import org.lungo.server.registry.ModelId;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;
import org.lungo.tensor.Engine;

/** Counts and times everything, by the names of docs/serving.md. */
public final class ServerMetrics implements Models.Changes, AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Thread process = new Thread(this::bindProcess, "metrics");
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<ModelId, List<Meter>> gauges = new ConcurrentHashMap<>();
    private final Map<ModelId, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, Counter> answered = new ConcurrentHashMap<>();

    /** Metrics of the process; models add theirs. */
    public ServerMetrics() {
        process.setDaemon(true);
        registry.config() // two names of Micrometer's that Prometheus's rules do not allow; ours stand in their place
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        Gauge.builder("lungo.inflight", inFlight, AtomicInteger::get)
                .description("Requests that are being answered")
                .register(registry);
        Gauge.builder("lungo.native.tensors", Engine::liveTensors)
                .description("Tensors in use")
                .register(registry);
        Gauge.builder("lungo.native.bytes", Engine::liveBytes)
                .description("Bytes of the tensors in use")
                .register(registry);
        for (String result : List.of("success", "failure")) {
            reloads(result);
        }
    }

    /**
     * Counts what the virtual machine and the processor do, from now on. It takes some time, on a thread of its own:
     * the first requests do not wait for it.
     */
    public void watchProcess() {
        process.start();
    }

    private void bindProcess() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        processor();
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    private void awaitProcess() {
        try {
            process.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void processor() {
        Gauge.builder("system.cpus", Runtime.getRuntime(), Runtime::availableProcessors)
                .description("Processors that the virtual machine may use")
                .register(registry);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu.seconds", system, own -> own.getProcessCpuTime() / 1e9)
                    .description("Processor time of the process")
                    .register(registry);
        }
    }

    private Counter reloads(String result) {
        return Counter.builder("lungo.reload")
                .description("Models that were loaded, or could not be")
                .tag("result", result)
                .register(registry);
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        awaitProcess();
        return registry.scrape();
    }

    /** A request begins. */
    public void started() {
        inFlight.incrementAndGet();
    }

    /** A request to a model that is known was answered. */
    public void answered(ModelId id, int code, long nanos) {
        count(id.name(), Integer.toString(id.version()), code);
        durations.computeIfAbsent(id, this::duration).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A request that reached no model was answered. */
    public void answered(int code) {
        count("", "", code);
    }

    /** A request ends. */
    public void ended() {
        inFlight.decrementAndGet();
    }

    /** The requests that are being answered. */
    public int inFlight() {
        return inFlight.get();
    }

    private void count(String model, String version, int code) {
        answered.computeIfAbsent(
                        model + '/' + version + '/' + code,
                        key -> Counter.builder("lungo.requests")
                                .description("Requests to models, by what was answered")
                                .tags("model", model, "version", version, "code", Integer.toString(code))
                                .register(registry))
                .increment();
    }

    private Timer duration(ModelId id) {
        return timer("lungo.request.duration", "From a request's first byte read to its answer", id);
    }

    private Timer timer(String name, String description, ModelId id) {
        return Timer.builder(name)
                .description(description)
                .tags(tags(id))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static Tags tags(ModelId id) {
        return Tags.of("model", id.name(), "version", Integer.toString(id.version()));
    }

    /** What the model {@code id} reports. */
    public ModelMetrics of(ModelId id) {
        return new Meters(id);
    }

    private final class Meters implements ModelMetrics {
        private final Timer queue;
        private final Timer inference;
        private final DistributionSummary batch;
        private final Timer first;
        private final Counter read;
        private final Counter written;
        private final Counter full = ServerMetrics.this.rejected("queue_full");

        Meters(ModelId id) {
            queue = timer("lungo.queue.duration", "From a request's arrival to its pass of the model", id);
            inference = timer("lungo.inference.duration", "Passes of the model", id);
            batch = DistributionSummary.builder("lungo.batch.size")
                    .description("Rows, or texts, of a pass")
                    .tags(tags(id))
                    .serviceLevelObjectives(BATCHES)
                    .register(registry);
            first = timer("lungo.time.to.first.token", "From a request's arrival to its first token", id);
            read = ServerMetrics.this.tokens(id, "prompt");
            written = ServerMetrics.this.tokens(id, "completion");
        }

        @Override
        public void tokens(int prompt, int completion) {
            read.increment(prompt);
            written.increment(completion);
        }

        @Override
        public void firstToken(long nanos) {
            first.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void batch(int rows, long nanos) {
            batch.record(rows);
            inference.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void queued(long nanos) {
            queue.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void rejected(String reason) {
            if (reason.equals("queue_full")) {
                full.increment();
            } else {
                ServerMetrics.this.rejected(reason).increment();
            }
        }
    }

    private Counter tokens(ModelId id, String kind) {
        return Counter.builder("lungo.tokens")
                .description("Tokens that language models have read and written")
                .tags(tags(id).and("kind", kind))
                .register(registry);
    }

    private Counter rejected(String reason) {
        return Counter.builder("lungo.rejected")
                .description("Requests that were refused by design")
                .tag("reason", reason)
                .register(registry);
    }

    /** A request was refused. */
    public void refused(String reason) {
        rejected(reason).increment();
    }

    @Override
    public void loaded(ServedModel model) {
        unloaded(model.id());
        Tags tags = tags(model.id());
        gauges.put(
                model.id(),
                List.of(
                        Gauge.builder("lungo.model.ready", model, m -> m.isAlive() ? 1 : 0)
                                .description("Whether the model can answer")
                                .tags(tags)
                                .register(registry),
                        Gauge.builder("lungo.queue.depth", model, ServedModel::queueDepth)
                                .description("Requests that wait for a pass")
                                .tags(tags)
                                .register(registry)));
        reloads("success").increment();
    }

    @Override
    public void unloaded(ModelId id) {
        gauges.getOrDefault(id, List.of()).forEach(registry::remove);
        gauges.remove(id);
    }

    @Override
    public void failed(ModelId id) {
        reloads("failure").increment();
    }

    @Override
    public void close() {
        awaitProcess();
        collector.close();
        registry.close();
    }
}
