package org.lungo.family.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Entrance;
import org.lungo.deploy.serving.ModelMetrics;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.WrongKindException;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;
import org.lungo.tensor.Check;

/**
 * Answers for a language model, or for a BERT, which embeds texts alone. Its thread writes a token of every running text in
 * one pass; between passes texts that have ended leave, and the oldest that wait take their places.
 */
public final class TextAnswerer implements Answerer {
    private final TextBundle bundle;
    private final @Nullable Writer writer;
    private final TextServing config;
    private final ModelMetrics metrics;
    private final Entrance entrance;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<TextJob> running = new ArrayList<>();

    private record Waiting(TextJob job, TextRequest request) {}

    /** What a model that writes has more than one that reads alone. */
    private record Writer(TextGenerator generator, TextBatch batch, ChatTemplate chat) {}

    private TextAnswerer(TextBundle bundle, @Nullable Writer writer, TextServing config, ModelMetrics metrics) {
        this.bundle = bundle;
        this.writer = writer;
        this.config = config;
        this.metrics = metrics;
        this.entrance = new Entrance(config.config(), metrics, "texts");
    }

    /** Loads a model folder and writes a few tokens, or reads one. */
    public static TextAnswerer load(Path folder, Serving serving) throws IOException {
        TextServing config = TextServing.load(folder).over(serving.overrules(), serving.options());
        if (TextBundle.isBert(folder)) {
            Precision precision = config.precision();
            if (precision != null) {
                Check.that(precision == Precision.FP32, "a BERT is served in fp32; leave the precision out", precision);
            }
            TextBundle bundle = TextBundle.load(folder);
            new TextEmbedder(bundle).embed(List.of(0L));
            return new TextAnswerer(bundle, null, config, serving.metrics());
        }
        TextGenerator generator = TextGenerator.load(folder, config.precision());
        TextBatch batch = new TextBatch(generator, config.maxTexts());
        generator.generate("", new TextGenerator.Settings(4, Sampling.GREEDY, List.of(), 1), t -> {});
        Writer writer = new Writer(generator, batch, ChatTemplate.beside(folder));
        return new TextAnswerer(generator.bundle(), writer, config, serving.metrics());
    }

    /** The model and its tokenizer; passes of the model go through {@link #generate} and {@link #embed}. */
    public TextBundle bundle() {
        return bundle;
    }

    /** The most tokens of a text: one that is written on needs room for one more, a BERT for those around it. */
    public int mostTokens() {
        return writer == null ? new TextEmbedder(bundle).most() : bundle.context() - 1;
    }

    /** Whether the model writes texts; one that does not can embed them alone. */
    public boolean writes() {
        return writer != null;
    }

    /**
     * Refuses to write with a model that does not.
     *
     * @throws WrongKindException when it reads alone
     */
    public void requireWriter() {
        writer();
    }

    private Writer writer() {
        if (writer == null) {
            throw new WrongKindException("the model reads texts and writes none; ask it at /v1/embeddings");
        }
        return writer;
    }

    /**
     * How its conversations are written.
     *
     * @throws WrongKindException when it writes none
     */
    public ChatTemplate chat() {
        return writer().chat();
    }

    /** The tokens of {@code text}. */
    public List<Long> tokens(String text) {
        int[] ids = bundle.tokenizer().encode(text);
        return java.util.Arrays.stream(ids).mapToObj(id -> (long) id).toList();
    }

    /**
     * The answers, once all are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     * @throws WrongKindException when the model writes nothing
     */
    public CompletableFuture<List<TextGenerator.Written>> generate(TextQuestion question, long deadline) {
        writer();
        TextJob job = new TextJob(question, metrics, System.nanoTime());
        synchronized (this) {
            requireRoom();
            job.requests().forEach(request -> waiting.add(new Waiting(job, request)));
            notifyAll();
        }
        return Entrance.inTime(job.answer(), deadline);
    }

    /** A vector for each text, see {@link TextEmbedder}; {@link Rejected} when they are not there in time. */
    public CompletableFuture<List<float[]>> embed(List<List<Long>> texts, long deadline) {
        CompletableFuture<List<float[]>> answer = new CompletableFuture<>();
        TextEmbedder embedder = new TextEmbedder(bundle);
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
        return Entrance.inTime(answer, deadline);
    }

    private static void answering(CompletableFuture<?> answer, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public ServeConfig config() {
        return config.config();
    }

    @Override
    public Object described() {
        return config;
    }

    @Override
    public synchronized int depth() {
        return waiting.size() + tasks.size();
    }

    @Override
    public synchronized void requireRoom() {
        entrance.requireRoom(depth());
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (awaitWork()) {
                for (Runnable task = task(); task != null; task = task()) {
                    task.run();
                }
                if (writer != null) {
                    pass(writer.batch());
                }
            }
        } finally {
            abandon();
        }
    }

    /** Waits until there is something to do; false when nothing will be any more. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!entrance.isClosed() && depth() == 0 && written() == 0) {
            wait();
        }
        return depth() > 0 || written() > 0;
    }

    /** How many texts are being written. */
    private int written() {
        return writer == null ? 0 : writer.batch().size();
    }

    private synchronized @Nullable Runnable task() {
        return tasks.poll();
    }

    private synchronized @Nullable Waiting next(TextBatch batch) {
        return batch.isFull() ? null : waiting.poll();
    }

    /** Lets texts in, then writes a token of each. What goes wrong is told to all whose texts run. */
    private void pass(TextBatch batch) {
        try {
            for (Waiting next = next(batch); next != null; next = next(batch)) {
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
        entrance.close();
        notifyAll();
    }

    /** Nobody writes any more: what still waits or runs, after a failure, is told so. */
    private synchronized void abandon() {
        entrance.close();
        Rejected gone = Entrance.stopped();
        running.forEach(job -> job.answer().completeExceptionally(gone));
        waiting.forEach(left -> left.job().answer().completeExceptionally(gone));
        waiting.clear();
    }
}
