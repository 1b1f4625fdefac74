package org.lungo.deploy.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Engine;

/**
 * Does three things at once: one thread makes tasks, some do them, and the caller takes the results, in the order in which
 * the tasks were made. Few are under way at a time, so that memory stays constant.
 */
public final class Conveyor<T> {
    private static final long PATIENCE_MILLIS = 50;

    private final BlockingQueue<FutureTask<@Nullable T>> order;
    private final BlockingQueue<FutureTask<@Nullable T>> open;
    private final int workers;
    private volatile boolean stopped;

    /** A conveyor on which {@code workers} threads do the tasks. */
    public Conveyor(int workers) {
        this.workers = workers;
        this.order = new ArrayBlockingQueue<>(2 * workers);
        this.open = new ArrayBlockingQueue<>(2 * workers + 2); // never full: what is open is also in order
    }

    /** Takes a result. */
    public interface Sink<T> {
        /** Called in the order in which the tasks were made. */
        void accept(T result) throws IOException;
    }

    /**
     * Runs until all tasks are done.
     *
     * @param source makes the tasks, on a thread of its own
     * @throws IOException what {@code sink} throws; what a task or {@code source} throws comes as it is
     */
    public void run(Consumer<Consumer<Callable<T>>> source, Sink<T> sink) throws IOException {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < workers; i++) {
                threads.add(Engine.startAlone("lungo-score-" + i, this::work));
            }
            Thread reader = new Thread(() -> read(source), "lungo-read");
            reader.setDaemon(true);
            reader.start();
            threads.add(reader);
            for (T result = next(); result != null; result = stopped ? null : next()) {
                sink.accept(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            end(threads);
        }
    }

    /** Lets the run end with the result that the sink has taken, though more tasks are there. */
    public void stop() {
        stopped = true;
    }

    private @Nullable T next() throws InterruptedException, IOException {
        try {
            return order.take().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        }
    }

    private void read(Consumer<Consumer<Callable<T>>> source) {
        try {
            put(order, result(source));
        } catch (CancellationException e) {
            // Nobody waits for more.
        }
    }

    /** Makes all tasks. Returns what comes after the last: nothing, or what went wrong. */
    private FutureTask<@Nullable T> result(Consumer<Consumer<Callable<T>>> source) {
        FutureTask<@Nullable T> last = new FutureTask<>(() -> null);
        try {
            source.accept(this::add);
        } catch (RuntimeException | Error e) {
            last = new FutureTask<>(() -> {
                throw e;
            });
        }
        last.run();
        return last;
    }

    private void add(Callable<T> task) {
        FutureTask<@Nullable T> future = new FutureTask<>(task::call);
        put(order, future);
        put(open, future);
    }

    /** Looks up now and then: an interrupt might get lost in a driver. */
    private void put(BlockingQueue<FutureTask<@Nullable T>> queue, FutureTask<@Nullable T> task) {
        try {
            boolean taken = false;
            while (!taken) {
                if (stopped) {
                    throw new CancellationException("stopped");
                }
                taken = queue.offer(task, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
    }

    private void work() {
        try {
            while (!stopped) {
                FutureTask<@Nullable T> task = open.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing may be read or scored any more when this returns: what they use is about to be closed. */
    private void end(List<Thread> threads) {
        boolean interrupted = false;
        stopped = true;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
