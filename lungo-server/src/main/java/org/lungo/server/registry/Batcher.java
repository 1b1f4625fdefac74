package org.lungo.server.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.preprocess.Encoded;

/**
 * Requests on their way through a model; none holds a thread while it waits. The model's own thread takes as many rows at
 * once as {@code max_batch} allows. It waits for more, {@code max_delay_ms} at most, only while there are requests that
 * were let in and are still being parsed: a single caller never waits.
 */
final class Batcher {
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Executor turns;
    private final Function<Encoded, double[][]> model;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private int waitingRows;
    private int parsing;
    private boolean collecting;
    private boolean closed;
    private boolean abandoned;

    /**
     * A queue for one model.
     *
     * @param turns where requests are parsed
     * @param model the scores of rows
     */
    Batcher(ServeConfig config, ModelMetrics metrics, Executor turns, Function<Encoded, double[][]> model) {
        this.config = config;
        this.metrics = metrics;
        this.turns = turns;
        this.model = model;
    }

    /** The number of requests that wait for a pass, or to be parsed. */
    synchronized int depth() {
        return waiting.size() + parsing;
    }

    /** Refuses when too many wait already; asked before a body is read, so that refusing costs little. */
    synchronized void requireRoom() {
        if (closed) {
            throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
        }
        if (depth() >= config.queue()) {
            metrics.rejected("queue_full");
            throw new Rejected(
                    Rejected.Reason.QUEUE_FULL, config.queue() + " requests wait already (queue); try again later");
        }
    }

    private synchronized void enter() {
        requireRoom();
        parsing++;
    }

    /**
     * The scores of the rows that {@code parse} makes, once it is their turn; {@link Rejected} when that is too late.
     *
     * @param parse runs in its turn, in this thread or in that of another request
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     */
    CompletableFuture<double[][]> score(Supplier<Encoded> parse, long deadline) {
        enter();
        CompletableFuture<double[][]> answer = new CompletableFuture<>();
        answer.orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        turns.execute(() -> parse(parse, deadline, answer));
        return answer.exceptionally(failure -> {
            throw failure instanceof TimeoutException
                    ? new Rejected(Rejected.Reason.DEADLINE, "the deadline passed before the answer was there")
                    : new CompletionException(failure);
        });
    }

    private void parse(Supplier<Encoded> parse, long deadline, CompletableFuture<double[][]> answer) {
        Work work = null;
        try {
            if (!answer.isDone()) {
                work = new Work(parse.get(), deadline, System.nanoTime(), answer);
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
        parsed(work);
    }

    /** A request is parsed: it waits now, or has ended when {@code work} is null. */
    private synchronized void parsed(@Nullable Work work) {
        parsing--;
        if (work != null) {
            waiting.add(work);
            waitingRows += work.rows().rows();
        }
        if (abandoned) {
            abandon();
        }
        boolean enough = waitingRows >= config.maxBatch() || parsing == 0;
        if (closed) {
            notifyAll();
        } else if (collecting ? enough : !waiting.isEmpty()) {
            notify();
        }
    }

    /** Computes batch after batch until the batcher is closed and nothing is left to be done. */
    void run() {
        try {
            for (List<Work> batch = next(); !batch.isEmpty(); batch = next()) {
                compute(batch);
            }
        } finally {
            abandon();
        }
    }

    private void compute(List<Work> batch) {
        long start = System.nanoTime();
        try {
            Encoded rows = Encoded.concat(batch.stream().map(Work::rows).toList());
            double[][] scores = model.apply(rows);
            metrics.batch(rows.rows(), System.nanoTime() - start);
            int at = 0;
            for (Work work : batch) {
                metrics.queued(start - work.queued());
                work.answer()
                        .complete(
                                Arrays.copyOfRange(scores, at, at + work.rows().rows()));
                at += work.rows().rows();
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(work -> work.answer().completeExceptionally(e));
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    /** The next batch; empty when there is none to come. */
    private synchronized List<Work> next() {
        while (true) {
            while (waiting.isEmpty() && !(closed && parsing == 0)) {
                pause(0);
            }
            if (waiting.isEmpty()) {
                return List.of();
            }
            collect();
            List<Work> batch = take();
            if (!batch.isEmpty()) {
                return batch;
            }
        }
    }

    private void collect() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.maxDelayMs());
        collecting = true;
        for (long left = until - System.nanoTime();
                left > 0 && parsing > 0 && waitingRows < config.maxBatch() && !closed;
                left = until - System.nanoTime()) {
            pause(left);
        }
        collecting = false;
    }

    /** The oldest requests that fit into one batch, at least one; those that nobody waits for are dropped. */
    private List<Work> take() {
        List<Work> batch = new ArrayList<>();
        int rows = 0;
        long now = System.nanoTime();
        while (!waiting.isEmpty()) {
            Work work = waiting.getFirst();
            boolean givenUp = work.isGivenUp(now);
            if (!givenUp && !batch.isEmpty() && rows + work.rows().rows() > config.maxBatch()) {
                break;
            }
            waiting.removeFirst();
            waitingRows -= work.rows().rows();
            if (!givenUp) {
                batch.add(work);
                rows += work.rows().rows();
            }
        }
        return batch;
    }

    private void pause(long nanos) {
        try {
            if (nanos == 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** No more requests are let in; those that wait are answered. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Nobody computes any more: what still waits, after a failure, is told so. */
    private synchronized void abandon() {
        closed = true;
        abandoned = true;
        waiting.forEach(work -> work.answer()
                .completeExceptionally(new Rejected(Rejected.Reason.DRAINING, "the model has stopped answering")));
        waiting.clear();
    }
}
