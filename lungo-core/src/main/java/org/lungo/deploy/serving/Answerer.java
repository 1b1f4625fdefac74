package org.lungo.deploy.serving;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;

/**
 * What answers for a model. The thread that loads it runs it, and its tensors belong to that thread. Who asks for more than
 * instances, such as a text that is written token by token, asks for an ability: an interface that some answerers implement.
 */
public interface Answerer {
    /** What it is asked and what it answers. */
    Form form();

    /**
     * The answers to the instances that {@code instances} reads, in order, once they are there; {@link Rejected} when they are
     * not in time, {@link BadInstanceException} when it cannot answer for one.
     *
     * @param instances runs in its turn, in this thread or in another: reading is part of what waits
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when it cannot be answered now
     */
    CompletableFuture<List<Map<String, Object>>> predict(Supplier<List<@Nullable Object>> instances, long deadline);

    /** How it is served. */
    ServeConfig config();

    /** The same with further facts of its family, as they are described to callers: a record whose components are the keys. */
    default Object described() {
        return config();
    }

    /** The number of requests that wait. */
    int depth();

    /**
     * Refuses a request that would have to be refused later.
     *
     * @throws Rejected when too many wait already, or the model is being unloaded
     */
    void requireRoom();

    /** Answers until it is closed and nothing is left to be done. The model may be freed when this method has ended. */
    void run() throws InterruptedException;

    /** No more requests are let in; those that wait are answered. */
    void close();
}
