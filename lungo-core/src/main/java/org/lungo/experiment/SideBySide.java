package org.lungo.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.lungo.tensor.Engine;

/**
 * Pieces of work that do not depend on each other, each on one thread. What they give does not depend on how many of them run
 * at once.
 */
public final class SideBySide<T> {
    private final IntConsumer begun;
    private final IntFunction<T> work;
    private final List<T> results;
    private final TreeMap<Integer, Throwable> failures = new TreeMap<>();
    private int next;

    private SideBySide(int pieces, IntConsumer begun, IntFunction<T> work) {
        this.begun = begun;
        this.work = work;
        this.results = new ArrayList<>(Collections.nCopies(pieces, null));
    }

    /**
     * Does all pieces and waits for them.
     *
     * @param pieces how many there are
     * @param threads how many run at once; where it is one, they run on the calling thread, whose operations may use others
     * @param begun hears the number of each piece, in order, before it is done; never two at once
     * @param work makes the result of a piece, by its number from 0; closes the scopes that it opens
     * @return the results, in order
     * @throws RuntimeException of the first piece, in order, that failed; no further piece is begun then
     */
    public static <T> List<T> of(int pieces, int threads, IntConsumer begun, IntFunction<T> work) {
        SideBySide<T> all = new SideBySide<>(pieces, begun, work);
        int helpers = Math.min(threads, pieces);
        if (helpers <= 1) {
            all.work();
        } else {
            all.workOn(helpers);
        }
        return all.finished();
    }

    private void workOn(int helpers) {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < helpers; i++) {
                threads.add(Engine.startAlone("lungo-side-" + i, this::work));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            fail(next, e);
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (int piece = take(); piece >= 0; piece = take()) {
            try {
                T result = work.apply(piece);
                synchronized (this) {
                    results.set(piece, result);
                }
            } catch (RuntimeException | Error e) {
                fail(piece, e);
            }
        }
    }

    /** The next piece, which is begun; -1 where none is left. */
    private synchronized int take() {
        if (next == results.size() || !failures.isEmpty()) {
            return -1;
        }
        int piece = next++;
        try {
            begun.accept(piece);
        } catch (RuntimeException | Error e) {
            fail(piece, e);
            return -1;
        }
        return piece;
    }

    private synchronized void fail(int piece, Throwable failure) {
        failures.put(piece, failure);
    }

    private synchronized List<T> finished() {
        Map.Entry<Integer, Throwable> first = failures.firstEntry();
        if (first == null) {
            return List.copyOf(results);
        }
        if (first.getValue() instanceof RuntimeException failure) {
            throw failure;
        }
        if (first.getValue() instanceof Error failure) {
            throw failure;
        }
        throw new IllegalStateException("the work was interrupted", first.getValue());
    }
}
