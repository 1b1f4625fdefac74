package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.deploy.Predictor;
import org.lungo.deploy.ServeConfig;
import org.lungo.tensor.Scope;
import org.slf4j.LoggerFactory;

/**
 * A model that answers. Its tensors belong to a thread of its own, which loads it, runs every pass, and frees it when the
 * last request that uses it has ended.
 */
public final class ServedModel {
    private static final int WARM_UPS = 20;

    private final ModelId id;
    private final Path folder;
    private final String signature;
    private final Predictor predictor;
    private final ServeConfig config;
    private final Batcher batcher;
    private final Thread thread = Thread.currentThread();
    private final Instant loaded = Instant.now();
    private int leases;
    private boolean closing;

    private ServedModel(
            ModelId id, Path folder, String signature, Predictor predictor, ServeConfig config, Batcher batcher) {
        this.id = id;
        this.folder = folder;
        this.signature = signature;
        this.predictor = predictor;
        this.config = config;
        this.batcher = batcher;
    }

    /**
     * Loads a model folder, replays its golden rows and warms it up.
     *
     * @throws org.lungo.tensor.CorruptFileException when it is damaged or no longer answers as it did
     */
    static ServedModel load(
            ModelId id, Path folder, UnaryOperator<ServeConfig> overrules, ModelMetrics metrics, Executor turns)
            throws IOException {
        CompletableFuture<ServedModel> ready = new CompletableFuture<>();
        Thread thread = new Thread(() -> live(ready, id, folder, overrules, metrics, turns), "model-" + id.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return ready.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void live(
            CompletableFuture<ServedModel> ready,
            ModelId id,
            Path folder,
            UnaryOperator<ServeConfig> overrules,
            ModelMetrics metrics,
            Executor turns) {
        @Nullable Batcher started = null;
        try (Scope scope = Scope.open()) {
            String signature = Place.signature(folder);
            Predictor predictor = Predictor.load(folder);
            ServeConfig config = overrules.apply(predictor.serve());
            Batcher batcher = new Batcher(config, metrics, turns, predictor::scores);
            started = batcher;
            warmUp(predictor, config);
            ready.complete(new ServedModel(id, folder, signature, predictor, config, batcher));
            answer(batcher, config);
        } catch (Throwable e) { // whatever it is, nobody may wait for this thread
            if (started != null) {
                started.close();
            }
            if (!ready.completeExceptionally(e)) {
                LoggerFactory.getLogger(ServedModel.class).error("{} has stopped answering", id, e);
            }
        }
    }

    /** Answers until the batcher is closed; requests that do not share passes are computed by as many threads as there are cores. */
    private static void answer(Batcher batcher, ServeConfig config) throws InterruptedException {
        List<Thread> others = new ArrayList<>();
        int threads = config.maxBatch() == 1 ? Runtime.getRuntime().availableProcessors() : 1;
        for (int i = 1; i < threads; i++) {
            Thread other = new Thread(batcher::run, Thread.currentThread().getName() + "-" + i);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        batcher.run();
        for (Thread other : others) {
            other.join();
        }
    }

    /** Passes of one row and of a full batch, until the virtual machine and libtorch have seen them. */
    private static void warmUp(Predictor predictor, ServeConfig config) {
        List<Map<String, @Nullable Object>> golden = predictor.golden().rows();
        if (golden.isEmpty()) {
            return;
        }
        int[] one = {0};
        int[] full = new int[config.maxBatch()];
        Table rows = predictor.parse(golden);
        for (int i = 0; i < full.length; i++) {
            full[i] = i % golden.size();
        }
        for (int i = 0; i < WARM_UPS; i++) {
            predictor.scores(predictor.encode(rows.select(one)));
            predictor.scores(predictor.encode(rows.select(full)));
        }
    }

    /** Its name and version. */
    public ModelId id() {
        return id;
    }

    /** Where it was loaded from. */
    public Path folder() {
        return folder;
    }

    /** When. */
    public Instant loaded() {
        return loaded;
    }

    /** How it is served. */
    public ServeConfig config() {
        return config;
    }

    /** What it knows of its columns and answers; passes of the model go through {@link #score}. */
    public Predictor predictor() {
        return predictor;
    }

    /** Whether its folder holds something else by now. */
    boolean isOutdated() {
        return !signature.equals(Place.signature(folder));
    }

    /** Whether it can answer. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** The number of requests that wait for a pass, or to be parsed. */
    public int queueDepth() {
        return batcher.depth();
    }

    /** Refuses, before anything was read, a request that would have to be refused later. */
    public void requireRoom() {
        batcher.requireRoom();
    }

    /**
     * One row of scores per row of the table that {@code parse} makes, once they are there; {@link Rejected} when they are
     * not in time.
     *
     * @param parse runs in this thread, or in that of another request
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when it cannot be answered now
     */
    public CompletableFuture<double[][]> score(Supplier<Table> parse, long deadline) {
        return batcher.score(() -> predictor.encode(parse.get()), deadline);
    }

    /** Takes part in it, so that it is not closed before {@link #release}; false when it is being closed. */
    synchronized boolean lease() {
        if (closing) {
            return false;
        }
        leases++;
        return true;
    }

    /** Ends what {@link #lease} began. */
    synchronized void release() {
        leases--;
        if (closing && leases == 0) {
            batcher.close();
        }
    }

    /** Frees it as soon as no request uses it. */
    synchronized void close() {
        closing = true;
        if (leases == 0) {
            batcher.close();
        }
    }

    /** Waits until it is freed. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
