package org.lungo.deploy.serving;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs work in the caller's own thread while it is one of few; what comes beyond them is done by those few when they have
 * ended their own. So work that only computes is never handed over without need, and never shares the cores with more of
 * its kind than there are cores.
 */
public final class Turns implements Executor {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** At most {@code most} pieces of work at once. */
    public Turns(int most) {
        this.most = most;
    }

    @Override
    public void execute(Runnable work) {
        if (!begins(work)) {
            return;
        }
        for (Runnable next = work; next != null; next = next()) {
            try {
                next.run();
            } catch (Throwable e) { // the others' work must go on
                LoggerFactory.getLogger(Turns.class).error("work has failed", e);
            }
        }
    }

    private synchronized boolean begins(Runnable work) {
        if (running == most) {
            waiting.add(work);
            return false;
        }
        running++;
        return true;
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
