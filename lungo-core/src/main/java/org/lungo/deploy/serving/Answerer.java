package org.lungo.deploy.serving;

import org.lungo.deploy.ServeConfig;

/** What answers for a model of one kind. The thread that loads it runs it, and its tensors belong to that thread. */
public interface Answerer {
    /** How it is served. */
    ServeConfig config();

    /** The same with what its family knows more, as it is described to callers: a record whose keys are told. */
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
