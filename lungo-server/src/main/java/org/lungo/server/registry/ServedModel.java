package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.WrongKindException;
import org.lungo.family.Families;
import org.lungo.tensor.Scope;
import org.slf4j.LoggerFactory;

/**
 * A model that answers. Its tensors belong to a thread of its own, which loads it, runs every pass, and frees it when the
 * last request that uses it has ended.
 */
public final class ServedModel {
    private final ModelId id;
    private final Path folder;
    private final String signature;
    private final Answerer answerer;
    private final Thread thread = Thread.currentThread();
    private final Instant loaded = Instant.now();
    private int leases;
    private boolean closing;

    private ServedModel(ModelId id, Path folder, String signature, Answerer answerer) throws InterruptedException {
        this.id = id;
        this.folder = folder;
        this.signature = signature;
        this.answerer = answerer;
    }

    /**
     * Loads a model folder, replays its golden rows if it has some, and warms it up.
     *
     * @throws org.lungo.tensor.CorruptFileException when it is damaged or no longer answers as it did
     */
    static ServedModel load(ModelId id, Path folder, Serving serving) throws IOException {
        CompletableFuture<ServedModel> ready = new CompletableFuture<>();
        Thread thread = new Thread(() -> live(ready, id, folder, serving), "model-" + id.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return ready.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void live(CompletableFuture<ServedModel> ready, ModelId id, Path folder, Serving serving) {
        try {
            String signature = Place.signature(folder);
            Family family = Families.of(folder); // libtorch, which a scope waits for, may still be on its way
            try (Scope scope = Scope.open()) {
                answer(ready, id, folder, signature, family.open(folder, serving));
            }
        } catch (Throwable e) { // whatever it is, nobody may wait for this thread
            if (!ready.completeExceptionally(e)) {
                LoggerFactory.getLogger(ServedModel.class).error("{} has stopped answering", id, e);
            }
        }
    }

    private static void answer(
            CompletableFuture<ServedModel> ready, ModelId id, Path folder, String signature, Answerer answerer)
            throws InterruptedException {
        try {
            ready.complete(new ServedModel(id, folder, signature, answerer));
            answerer.run();
        } catch (InterruptedException | RuntimeException | Error e) {
            answerer.close();
            throw e;
        }
    }

    /** Its name and version. */
    public ModelId id() {
        return id;
    }

    /** Where it was loaded from. */
    public Path folder() {
        return folder;
    }

    /** The time at which it was loaded. */
    public Instant loaded() {
        return loaded;
    }

    /** How it is served. */
    public ServeConfig config() {
        return answerer.config();
    }

    /** The same with what its family knows more, for a description. */
    public Object described() {
        return answerer.described();
    }

    /** What answers for it. */
    public Answerer answerer() {
        return answerer;
    }

    /**
     * An ability of what answers for it.
     *
     * @param lacks what is said of a model without it: "is no language model"
     * @throws WrongKindException when it does not have it
     */
    public <T> T ability(Class<T> ability, String lacks) {
        if (!ability.isInstance(answerer)) {
            throw new WrongKindException(
                    "'" + id.name() + "' " + lacks + "; ask it at /v1/models/" + id.name() + ":predict");
        }
        return ability.cast(answerer);
    }

    /** Whether its folder holds something else by now. */
    boolean isOutdated() {
        return !signature.equals(Place.signature(folder));
    }

    /** Whether it can answer. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** The number of requests that wait for a pass, or to be parsed. */
    public int queueDepth() {
        return answerer.depth();
    }

    /** Refuses, before anything was read, a request that would have to be refused later. */
    public void requireRoom() {
        answerer.requireRoom();
    }

    /** Takes part in it, so that it is not closed before {@link #release}; false when it is being closed. */
    synchronized boolean lease() {
        if (closing) {
            return false;
        }
        leases++;
        return true;
    }

    /** Ends what {@link #lease} began. */
    synchronized void release() {
        leases--;
        if (closing && leases == 0) {
            answerer.close();
        }
    }

    /** Frees it as soon as no request uses it. */
    synchronized void close() {
        closing = true;
        if (leases == 0) {
            answerer.close();
        }
    }

    /** Waits until it is freed. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
