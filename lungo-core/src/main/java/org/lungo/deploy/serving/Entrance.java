package org.lungo.deploy.serving;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lungo.deploy.ServeConfig;

/** Where requests enter the queue of a model: how many may wait, for how long, and that none may once it is closed. */
public final class Entrance {
    private final int queue;
    private final String requests;
    private final ModelMetrics metrics;
    private volatile boolean closed;

    /**
     * An open entrance.
     *
     * @param requests what waits, for messages: "requests"
     */
    public Entrance(ServeConfig config, ModelMetrics metrics, String requests) {
        this.queue = config.queue();
        this.metrics = metrics;
        this.requests = requests;
    }

    /**
     * Refuses one more when {@code waiting} are there already.
     *
     * @throws Rejected when that is the limit, or the entrance is closed
     */
    public void requireRoom(int waiting) {
        if (closed) {
            throw new Rejected(Rejected.Reason.DRAINING, "the model is being unloaded");
        }
        if (waiting >= queue) {
            metrics.rejected("queue_full");
            throw new Rejected(
                    Rejected.Reason.QUEUE_FULL, queue + " " + requests + " wait already (queue); try again later");
        }
    }

    /** Lets nobody in from now on. */
    public void close() {
        closed = true;
    }

    /** Whether nobody is let in any more. */
    public boolean isClosed() {
        return closed;
    }

    /** The failure of the requests that still wait when the model, after a failure, answers no more. */
    public static Rejected stopped() {
        return new Rejected(Rejected.Reason.DRAINING, "the model has stopped answering");
    }

    /**
     * {@code answer}, or {@link Rejected} once the deadline has passed.
     *
     * @param answer ends with {@link TimeoutException} at the deadline, by which it is known to be given up
     * @param deadline by {@link System#nanoTime}
     */
    public static <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, long deadline) {
        if (answer.isDone()) {
            return answer;
        }
        answer.orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return answer.exceptionally(failure -> {
            throw failure instanceof TimeoutException
                    ? new Rejected(Rejected.Reason.DEADLINE, "the deadline passed before the answer was there")
                    : new CompletionException(failure);
        });
    }
}
