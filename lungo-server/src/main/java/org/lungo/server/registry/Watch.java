package org.lungo.server.registry;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the model folders again and again, so that what is put there is served without a restart. */
public final class Watch implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    /** Looks at the folders of {@code models} every {@code millis} milliseconds from now on. */
    public void start(Models models, long millis) {
        clock.scheduleWithFixedDelay(models::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
