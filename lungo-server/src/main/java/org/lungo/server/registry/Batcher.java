package org.lungo.server.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.lungo.deploy.ServeConfig;
import org.lungo.preprocess.Encoded;

/**
 * Requests that wait for a model. The model's one thread takes as many rows at once as {@code max_batch} allows. It waits
 * for more, {@code max_delay_ms} at most, only while there are requests that were let in and are still being parsed: a
 * single caller never waits.
 */
final class Batcher {
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private int waitingRows;
    private int arriving;
    private boolean collecting;
    private boolean closed;

    Batcher(ServeConfig config, ModelMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** The number of requests that wait. */
    synchronized int depth() {
        return waiting.size();
    }

    /** Refuses when too many wait already; asked before a body is read, so that refusing costs little. */
    synchronized void requireRoom() {
        if (closed) {
            throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
        }
        if (waiting.size() >= config.queue()) {
            throw full();
        }
    }

    private Rejected full() {
        metrics.rejected("queue_full");
        return new Rejected(
                Rejected.Reason.QUEUE_FULL, config.queue() + " requests wait already (queue); try again later");
    }

    /**
     * The scores of {@code rows}, once it is their turn.
     *
     * @param parse what makes the rows of the request; runs in this thread
     */
    double[][] score(Parse parse, long deadline) {
        arrives();
        Work work;
        try {
            work = new Work(parse.rows(), deadline);
        } catch (Throwable e) {
            left(null);
            throw e;
        }
        left(work);
        return work.await();
    }

    /** Makes the rows of a request. */
    @FunctionalInterface
    interface Parse {
        Encoded rows();
    }

    private synchronized void arrives() {
        arriving++;
    }

    /** The request is parsed: it waits now, or was refused when {@code work} is null. */
    private synchronized void left(@org.jspecify.annotations.Nullable Work work) {
        arriving--;
        if (work != null) {
            if (closed) {
                throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
            }
            if (waiting.size() >= config.queue()) {
                throw full();
            }
            waiting.add(work);
            waitingRows += work.rows().rows();
        }
        boolean enough = waitingRows >= config.maxBatch() || arriving == 0;
        if (!waiting.isEmpty() && (!collecting || enough) || collecting && arriving == 0) {
            notifyAll();
        }
    }

    /** Answers batch after batch with {@code model} until the batcher is closed and nothing waits. */
    void run(Function<Encoded, double[][]> model) {
        for (List<Work> batch = next(); !batch.isEmpty(); batch = next()) {
            answer(batch, model);
        }
    }

    private void answer(List<Work> batch, Function<Encoded, double[][]> model) {
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
            while (waiting.isEmpty() && !closed) {
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
                left > 0 && arriving > 0 && waitingRows < config.maxBatch() && !closed;
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
}
