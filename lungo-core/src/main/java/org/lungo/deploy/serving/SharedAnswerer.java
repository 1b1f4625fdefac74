package org.lungo.deploy.serving;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;

/**
 * Answers for a model whose requests share passes.
 *
 * @param <R> one request, read
 * @param <A> its answer
 */
public final class SharedAnswerer<R, A> implements Answerer {
    private final Shared<R, A> model;
    private final Form form;
    private final ServeConfig config;
    private final int threads;
    private final Passes<R, A> passes;

    /**
     * One that waits for requests.
     *
     * @param threads how many compute at once those that the thread which reads them does not
     */
    public SharedAnswerer(Shared<R, A> model, ServeConfig config, Serving serving, int threads) {
        this.model = model;
        this.form = model.form();
        this.config = config;
        this.threads = threads;
        this.passes = new Passes<>(config, serving, model::size, model::isBrief, model::pass);
    }

    /** What answers, without the queue. */
    public Shared<R, A> model() {
        return model;
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public CompletableFuture<List<Map<String, Object>>> predict(
            Supplier<List<@Nullable Object>> instances, long deadline) {
        return passes.ask(() -> model.read(instances.get()), deadline).thenApply(model::perInstance);
    }

    @Override
    public ServeConfig config() {
        return config;
    }

    @Override
    public int depth() {
        return passes.depth();
    }

    @Override
    public void requireRoom() {
        passes.requireRoom();
    }

    @Override
    public void run() {
        passes.run(threads);
    }

    @Override
    public void close() {
        passes.close();
    }
}
