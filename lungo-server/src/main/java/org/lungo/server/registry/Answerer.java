package org.lungo.server.registry;

import org.lungo.deploy.ServeConfig;

/** What answers for a model of one kind. The thread that loads it runs it, and its tensors belong to that thread. */
sealed interface Answerer permits TableAnswerer, TextAnswerer, SharedPasses {
    /** How it is served. */
    ServeConfig config();

    /** The number of requests that wait. */
    int depth();

    /** Refuses a request that would have to be refused later. */
    void requireRoom();

    /** Answers until it is closed and nothing is left to be done. */
    void run() throws InterruptedException;

    /** No more requests are let in; those that wait are answered. */
    void close();
}
