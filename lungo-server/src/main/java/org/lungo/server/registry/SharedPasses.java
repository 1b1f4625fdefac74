package org.lungo.server.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lungo.deploy.ServeConfig;

/**
 * Requests that wait for a model, and its thread, which takes the questions of as many at once as {@code max_batch} allows, at
 * least those of one.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public abstract sealed class SharedPasses<Q, A> implements Answerer permits LabelAnswerer, TranslationAnswerer {
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
    private boolean closed;

    SharedPasses(ServeConfig config, ModelMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** A pass: an answer for each question in order, which must not depend on the questions beside it. */
    abstract List<A> answers(List<Q> questions);

    private record Waiting<Q, A>(List<Q> questions, long deadline, long arrived, CompletableFuture<List<A>> answer) {
        boolean isGivenUp(long now) {
            return answer.isDone() || now - deadline >= 0;
        }
    }

    /**
     * An answer for each question, once they are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     */
    public CompletableFuture<List<A>> ask(List<Q> questions, long deadline) {
        CompletableFuture<List<A>> answer = new CompletableFuture<>();
        synchronized (this) {
            requireRoom();
            waiting.add(new Waiting<>(List.copyOf(questions), deadline, System.nanoTime(), answer));
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
            for (List<Waiting<Q, A>> some = next(); !some.isEmpty(); some = next()) {
                answer(some);
            }
        } finally {
            abandon();
        }
    }

    /** The oldest requests that share a pass; empty when there are none to come. */
    private synchronized List<Waiting<Q, A>> next() throws InterruptedException {
        List<Waiting<Q, A>> some = new ArrayList<>();
        int questions = 0;
        while (some.isEmpty() && !(closed && waiting.isEmpty())) {
            while (!closed && waiting.isEmpty()) {
                wait();
            }
            long now = System.nanoTime();
            while (!waiting.isEmpty()
                    && (some.isEmpty() || questions + waiting.peek().questions().size() <= config.maxBatch())) {
                Waiting<Q, A> oldest = waiting.remove();
                if (!oldest.isGivenUp(now)) {
                    some.add(oldest);
                    questions += oldest.questions().size();
                }
            }
        }
        return some;
    }

    private void answer(List<Waiting<Q, A>> some) {
        long start = System.nanoTime();
        try {
            List<Q> questions =
                    some.stream().flatMap(one -> one.questions().stream()).toList();
            List<A> answers = answers(questions);
            metrics.batch(questions.size(), System.nanoTime() - start);
            int at = 0;
            for (Waiting<Q, A> one : some) {
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

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Nobody answers any more: what still waits, after a failure, is told so. */
    private synchronized void abandon() {
        closed = true;
        waiting.forEach(left -> left.answer()
                .completeExceptionally(new Rejected(Rejected.Reason.DRAINING, "the model has stopped answering")));
        waiting.clear();
    }
}
