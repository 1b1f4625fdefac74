package org.lungo.experiment.track;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes reports to one tracker, in a thread of its own. The first failure ends it. */
final class Delivery {
    /** Epochs that may wait for a slow tracker. */
    static final int CAPACITY = 1000;

    private static final Tracker.Report END = new Tracker.Report(0, -1, Map.of(), Map.of());

    private final Tracker tracker;
    private final BlockingQueue<Tracker.Report> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private volatile @Nullable String failure;
    private volatile boolean closing;
    private volatile boolean complete;
    private boolean said;

    /** Starts the thread. */
    Delivery(Tracker tracker) {
        this.tracker = tracker;
        this.thread = new Thread(this::deliver, "lungo-track");
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands a report over; never waits. */
    void offer(Tracker.Report report) {
        if (failure == null && !queue.offer(report)) {
            fail("it is too slow, " + CAPACITY + " reports are waiting");
        }
    }

    /** The end of the run has been handed over. */
    void complete() {
        complete = true;
    }

    /** Waits until everything is delivered, but not longer than {@code millis} milliseconds. */
    void close(long millis) {
        closing = true;
        boolean woken = queue.offer(END); // else the queue is full, and the thread finds out when it is empty
        try {
            thread.join(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || !woken && !queue.isEmpty()) {
            fail("it is too slow, the last values are missing there");
        }
    }

    /** The line that says what failed, once; null when there is nothing to say. */
    @Nullable
    String warning() {
        String reason = failure;
        if (reason == null || said) {
            return null;
        }
        said = true;
        return tracker.title() + " no longer follows this run: " + reason + "; the run goes on";
    }

    private void fail(String reason) {
        if (failure == null) {
            failure = reason;
            thread.interrupt();
        }
    }

    private void deliver() {
        try (tracker) {
            Tracker.Known known = tracker.open();
            while (failure == null) {
                Tracker.Report report = queue.poll(100, TimeUnit.MILLISECONDS);
                if (report == null ? closing : report.equals(END)) {
                    tracker.end(complete);
                    return;
                }
                if (report != null && !known.has(report)) {
                    tracker.show(report);
                }
            }
        } catch (InterruptedException e) {
            // the failure is known
        } catch (IOException | RuntimeException e) {
            fail(reason(e));
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        String name = e.getClass().getSimpleName();
        boolean path = e instanceof FileSystemException; // its message may be the path alone
        return message == null || message.isBlank()
                ? name
                : (path ? name + " " : "") + message.strip().replaceAll("\\s+", " ");
    }
}
