package org.lungo.deploy.serving;

import java.util.Map;
import java.util.concurrent.Executor;

/** Metrics that nobody reads. */
public final class Unheard implements ModelMetrics {
    /** Serves with turns of these, and hears nothing. */
    public static Serving serving(Executor turns) {
        return new Serving(config -> config, Map.of(), new Unheard(), turns);
    }

    @Override
    public void batch(int rows, long nanos) {}

    @Override
    public void queued(long nanos) {}

    @Override
    public void tokens(int prompt, int completion) {}

    @Override
    public void firstToken(long nanos) {}

    @Override
    public void rejected(String reason) {}
}
