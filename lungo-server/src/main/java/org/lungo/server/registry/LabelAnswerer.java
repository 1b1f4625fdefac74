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
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.labels.Labelled;
import org.lungo.deploy.labels.Labeller;

/**
 * Answers for a tagger: texts in, labels and entities out. Its thread takes the texts of as many requests at once as
 * {@code max_batch} allows, at least those of one.
 */
public final class LabelAnswerer implements Answerer {
    /** A text to try. */
    public static final String EXAMPLE = "Ada Lovelace lived in London. 她住在伦敦。";

    private static final int WARM_UPS = 10;

    private final Labeller labeller;
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean closed;

    /**
     * A text, or one that is in tokens already.
     *
     * @param tokens null for a text
     */
    public record Question(String text, @Nullable List<String> tokens) {}

    private record Waiting(
            List<Question> questions, long deadline, long arrived, CompletableFuture<List<Labelled>> answer) {
        boolean isGivenUp(long now) {
            return answer.isDone() || now - deadline >= 0;
        }
    }

    private LabelAnswerer(Labeller labeller, ServeConfig config, ModelMetrics metrics) {
        this.labeller = labeller;
        this.config = config;
        this.metrics = metrics;
    }

    /** Loads a model folder, which replays its golden sentences, and warms it up. */
    static LabelAnswerer load(Path folder, UnaryOperator<ServeConfig> overrules, ModelMetrics metrics)
            throws IOException {
        Labeller labeller = Labeller.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            labeller.label(EXAMPLE);
        }
        return new LabelAnswerer(labeller, overrules.apply(ServeConfig.load(folder)), metrics);
    }

    /** What the model knows of its labels; passes of the model go through {@link #label}. */
    public Labeller labeller() {
        return labeller;
    }

    /**
     * A labelled text for each question, once they are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     */
    public CompletableFuture<List<Labelled>> label(List<Question> questions, long deadline) {
        CompletableFuture<List<Labelled>> answer = new CompletableFuture<>();
        synchronized (this) {
            requireRoom();
            waiting.add(new Waiting(List.copyOf(questions), deadline, System.nanoTime(), answer));
            notifyAll();
        }
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
        return waiting.size();
    }

    @Override
    public synchronized void requireRoom() {
        if (closed) {
            throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
        }
        if (waiting.size() >= config.queue()) {
            metrics.rejected("queue_full");
            throw new Rejected(
                    Rejected.Reason.QUEUE_FULL, config.queue() + " requests wait already (queue); try again later");
        }
    }

    @Override
    public void run() throws InterruptedException {
        try {
            for (List<Waiting> some = next(); !some.isEmpty(); some = next()) {
                answer(some);
            }
        } finally {
            abandon();
        }
    }

    /** The oldest requests that share a pass; empty when there are none to come. */
    private synchronized List<Waiting> next() throws InterruptedException {
        List<Waiting> some = new ArrayList<>();
        int texts = 0;
        while (some.isEmpty() && !(closed && waiting.isEmpty())) {
            while (!closed && waiting.isEmpty()) {
                wait();
            }
            long now = System.nanoTime();
            while (!waiting.isEmpty()
                    && (some.isEmpty() || texts + waiting.peek().questions().size() <= config.maxBatch())) {
                Waiting oldest = waiting.remove();
                if (!oldest.isGivenUp(now)) {
                    some.add(oldest);
                    texts += oldest.questions().size();
                }
            }
        }
        return some;
    }

    private void answer(List<Waiting> some) {
        long start = System.nanoTime();
        try {
            List<Question> questions =
                    some.stream().flatMap(one -> one.questions().stream()).toList();
            List<Labelled> answers = answers(questions);
            metrics.batch(questions.size(), System.nanoTime() - start);
            int at = 0;
            for (Waiting one : some) {
                metrics.queued(start - one.arrived());
                int count = one.questions().size();
                one.answer().complete(List.copyOf(answers.subList(at, at + count)));
                at += count;
            }
        } catch (RuntimeException | Error e) {
            some.forEach(one -> one.answer().completeExceptionally(e));
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private List<Labelled> answers(List<Question> questions) {
        String[] texts = questions.stream()
                .filter(question -> question.tokens() == null)
                .map(Question::text)
                .toArray(String[]::new);
        List<List<String>> tokens = new ArrayList<>();
        for (Question question : questions) {
            if (question.tokens() != null) {
                tokens.add(question.tokens());
            }
        }
        Deque<Labelled> ofTexts = new ArrayDeque<>(labeller.label(texts));
        Deque<Labelled> ofTokens = new ArrayDeque<>(labeller.labelTokens(tokens));
        return questions.stream()
                .map(question -> question.tokens() == null ? ofTexts.remove() : ofTokens.remove())
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Nobody labels any more: what still waits, after a failure, is told so. */
    private synchronized void abandon() {
        closed = true;
        waiting.forEach(left -> left.answer()
                .completeExceptionally(new Rejected(Rejected.Reason.DRAINING, "the model has stopped answering")));
        waiting.clear();
    }
}
