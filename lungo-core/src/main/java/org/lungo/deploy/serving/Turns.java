package org.lungo.deploy.serving;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs work in the caller's own thread while it is one of few; what comes beyond them waits, and threads of the turns' own
 * do it. So work that only computes is not handed over without need, never shares the cores with more of its kind than there
 * are cores, and holds no caller up with the work of others.
 */
public final class Turns implements Executor {
    private static final int IDLE_SECONDS = 10;

    private final int maxRunning;
    private final Executor own;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /**
     * At most {@code maxRunning} pieces of work at once.
     *
     * @param own continues with waiting requests when a caller has ended its own work
     */
    Turns(int maxRunning, Executor own) {
        this.maxRunning = maxRunning;
        this.own = own;
    }

    /** As many at once as there are processors. Threads of their own end when there is nothing left to do. */
    public static Turns ofProcessors() {
        int maxRunning = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor own = new ThreadPoolExecutor(
                maxRunning, maxRunning, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "turns");
                    thread.setDaemon(true);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        return new Turns(maxRunning, own);
    }

    @Override
    public void execute(Runnable work) {
        if (begins(work)) {
            run(work);
            Runnable next = next();
            if (next != null) {
                own.execute(() -> goOn(next));
            }
        }
    }

    private void goOn(Runnable first) {
        for (Runnable next = first; next != null; next = next()) {
            run(next);
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // the others' work must go on
            LoggerFactory.getLogger(Turns.class).error("work has failed", e);
        }
    }

    private synchronized boolean begins(Runnable work) {
        if (running == maxRunning) {
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
