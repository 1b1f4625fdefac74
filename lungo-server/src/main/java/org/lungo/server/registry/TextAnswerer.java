package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextBatch;
import org.lungo.deploy.text.TextEmbedder;
import org.lungo.deploy.text.TextGenerator;
import org.lungo.deploy.text.TextRequest;
import org.lungo.server.chat.ChatTemplate;

/**
 * Answers for a language model. Its thread writes a token of every running text in one pass; between passes texts that
 * have ended leave, and the oldest that wait take their places.
 */
public final class TextAnswerer implements Answerer {
    private final TextGenerator generator;
    private final ChatTemplate chat;
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final TextBatch batch;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<TextJob> running = new ArrayList<>();
    private boolean closed;

    private record Waiting(TextJob job, TextRequest request) {}

    private TextAnswerer(
            TextGenerator generator, ChatTemplate chat, ServeConfig config, ModelMetrics metrics, TextBatch batch) {
        this.generator = generator;
        this.chat = chat;
        this.config = config;
        this.metrics = metrics;
        this.batch = batch;
    }

    /** Loads a model folder and writes a few tokens. */
    static TextAnswerer load(Path folder, UnaryOperator<ServeConfig> overrules, ModelMetrics metrics)
            throws IOException {
        ServeConfig config = overrules.apply(ServeConfig.load(folder));
        TextGenerator generator = TextGenerator.load(folder, config.precision());
        TextBatch batch = new TextBatch(generator, config.maxTexts());
        generator.generate("", new TextGenerator.Settings(4, Sampling.GREEDY, List.of(), 1), t -> {});
        return new TextAnswerer(generator, ChatTemplate.beside(folder), config, metrics, batch);
    }

    /** The model and its tokenizer; passes of the model go through {@link #generate} and {@link #embed}. */
    public TextGenerator generator() {
        return generator;
    }

    /** How its conversations are written. */
    public ChatTemplate chat() {
        return chat;
    }

    /** The tokens of {@code text}. */
    public List<Long> tokens(String text) {
        int[] ids = generator.bundle().tokenizer().encode(text);
        return java.util.Arrays.stream(ids).mapToObj(id -> (long) id).toList();
    }

    /**
     * The answers, once all are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     */
    public CompletableFuture<List<TextGenerator.Written>> generate(TextQuestion question, long deadline) {
        TextJob job = new TextJob(question, metrics, System.nanoTime());
        synchronized (this) {
            requireRoom();
            job.requests().forEach(request -> waiting.add(new Waiting(job, request)));
            notifyAll();
        }
        return until(job.answer(), deadline);
    }

    /** A vector for each text, see {@link TextEmbedder}; {@link Rejected} when they are not there in time. */
    public CompletableFuture<List<float[]>> embed(List<List<Long>> texts, long deadline) {
        CompletableFuture<List<float[]>> answer = new CompletableFuture<>();
        TextEmbedder embedder = new TextEmbedder(generator.bundle());
        List<float[]> vectors = new ArrayList<>();
        synchronized (this) {
            requireRoom();
            for (List<Long> text : texts) {
                tasks.add(() -> {
                    if (!answer.isDone()) {
                        answering(answer, () -> vectors.add(embedder.embed(text)));
                    }
                    if (vectors.size() == texts.size()) {
                        metrics.tokens(texts.stream().mapToInt(List::size).sum(), 0);
                        answer.complete(vectors);
                    }
                });
            }
            notifyAll();
        }
        return until(answer, deadline);
    }

    private static void answering(CompletableFuture<?> answer, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static <T> CompletableFuture<T> until(CompletableFuture<T> answer, long deadline) {
        answer.orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return answer.exceptionally(failure -> {
            throw failure instanceof TimeoutException
                    ? new Rejected(Rejected.Reason.DEADLINE, "the deadline passed before the answer was there")
                    : new CompletionException(failure);
        });
    }

    @Override
    public ServeConfig config() {
        return config;
    }

    @Override
    public synchronized int depth() {
        return waiting.size() + tasks.size();
    }

    @Override
    public synchronized void requireRoom() {
        if (closed) {
            throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
        }
        if (depth() >= config.queue()) {
            metrics.rejected("queue_full");
            throw new Rejected(
                    Rejected.Reason.QUEUE_FULL, config.queue() + " texts wait already (queue); try again later");
        }
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (awaitWork()) {
                for (Runnable task = task(); task != null; task = task()) {
                    task.run();
                }
                pass();
            }
        } finally {
            abandon();
        }
    }

    /** Waits until there is something to do; false when nothing will be any more. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!closed && depth() == 0 && batch.size() == 0) {
            wait();
        }
        return depth() > 0 || batch.size() > 0;
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable task() {
        return tasks.poll();
    }

    private synchronized @org.jspecify.annotations.Nullable Waiting next() {
        return batch.isFull() ? null : waiting.poll();
    }

    /** Lets texts in, then writes a token of each. What goes wrong is told to all whose texts run. */
    private void pass() {
        try {
            for (Waiting next = next(); next != null; next = next()) {
                if (next.job().isWanted()) {
                    metrics.queued(System.nanoTime() - next.job().arrived());
                    running.add(next.job());
                    batch.add(next.request());
                }
            }
            long start = System.nanoTime();
            int texts = batch.size();
            if (texts > 0) {
                batch.step();
                metrics.batch(texts, System.nanoTime() - start);
            }
            running.removeIf(job -> job.answer().isDone());
        } catch (RuntimeException | Error e) {
            batch.clear();
            running.forEach(job -> job.answer().completeExceptionally(e));
            running.clear();
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Nobody writes any more: what still waits or runs, after a failure, is told so. */
    private synchronized void abandon() {
        closed = true;
        Rejected gone = new Rejected(Rejected.Reason.DRAINING, "the model has stopped answering");
        running.forEach(job -> job.answer().completeExceptionally(gone));
        waiting.forEach(left -> left.job().answer().completeExceptionally(gone));
        waiting.clear();
    }
}
