package org.lungo.server.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lungo.preprocess.Encoded;

/**
 * A request's rows on their way through the model.
 *
 * @param deadline by {@link System#nanoTime}
 * @param queued since when it waits
 */
record Work(Encoded rows, long deadline, long queued, CompletableFuture<double[][]> answer) {
    Work(Encoded rows, long deadline) {
        this(rows, deadline, System.nanoTime(), new CompletableFuture<>());
    }

    /** Whether nobody waits for it any more. */
    boolean isGivenUp(long now) {
        return answer.isDone() || now - deadline >= 0;
    }

    /** Waits for the answer until the deadline. */
    double[][] await() {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new Rejected(Rejected.Reason.DEADLINE, "the deadline passed before the answer was there");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejected(Rejected.Reason.DRAINING, "the server is being shut down");
        }
    }
}
