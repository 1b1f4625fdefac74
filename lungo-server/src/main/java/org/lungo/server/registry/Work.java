package org.lungo.server.registry;

import java.util.concurrent.CompletableFuture;
import org.lungo.preprocess.Encoded;

/**
 * A request's rows on their way through the model.
 *
 * @param deadline by {@link System#nanoTime}
 * @param queued since when it waits
 */
record Work(Encoded rows, long deadline, long queued, CompletableFuture<double[][]> answer) {
    /** Whether nobody waits for it any more. */
    boolean isGivenUp(long now) {
        return answer.isDone() || now - deadline >= 0;
    }
}
