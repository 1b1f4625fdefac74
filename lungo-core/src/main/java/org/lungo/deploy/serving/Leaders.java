package org.lungo.deploy.serving;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute passes in place of the model's own, which saves handing requests over and back. They may only
 * while passes are short: a longer one would keep a turn from others and let a deadline pass unnoticed,
 * and handing it over costs little by comparison. Used under the lock of {@link Passes}.
 */
final class Leaders {
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The weight of the newest pass in the usual time of a pass. */
    private static final double NEWEST = 0.125;

    /**
     * For each thread that has computed, OpenMP keeps as many threads as there are processors, asleep but there. A server has
     * some ten threads when it is quiet and up to 200 when it is not.
     */
    private static final int MAX = Math.max(4, 512 / Runtime.getRuntime().availableProcessors());

    private final Set<Thread> threads = new HashSet<>();
    private final int maxThreads;
    private double usualNanos = Double.POSITIVE_INFINITY;

    Leaders() {
        this(MAX);
    }

    /** At most {@code maxThreads} threads that are alive. */
    Leaders(int maxThreads) {
        this.maxThreads = maxThreads;
    }

    /** Whether {@code thread} may compute a pass now. No thread may before the first pass has shown how long one takes. */
    boolean admit(Thread thread) {
        if (usualNanos > SHORT_NANOS) {
            return false;
        }
        if (threads.size() == maxThreads && !threads.contains(thread)) {
            threads.removeIf(leader -> !leader.isAlive());
        }
        return threads.contains(thread) || threads.size() < maxThreads && threads.add(thread);
    }

    /** A pass was computed, by whichever thread. */
    void passTook(long nanos) {
        usualNanos = Double.isInfinite(usualNanos) ? nanos : usualNanos + NEWEST * (nanos - usualNanos);
    }
}
