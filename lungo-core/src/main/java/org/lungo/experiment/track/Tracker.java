package org.lungo.experiment.track;

import java.io.IOException;
import java.util.Map;

/** A place that shows a training. It is used by one thread alone, which may wait for it. */
interface Tracker extends AutoCloseable {
    /** What it is and where, for messages: {@code MLflow at http://localhost:5000}. */
    String title();

    /** Opens it and finds out what it already shows of the run. */
    Known open() throws IOException, InterruptedException;

    /** Shows a report. */
    void show(Report report) throws IOException, InterruptedException;

    /** Shows that nothing follows. {@code complete} is false for a training that failed. */
    void end(boolean complete) throws IOException, InterruptedException;

    /** Frees what it holds, also after a failure. */
    @Override
    void close() throws IOException;

    /**
     * What is shown already of a run that was cut off.
     *
     * @param epoch the last epoch; 0 for none
     * @param ended whether the end is shown
     */
    record Known(int epoch, boolean ended) {
        static final Known NOTHING = new Known(0, false);

        /** Whether a report would be a repetition. */
        boolean has(Report report) {
            return report.ends() ? ended : report.epoch() <= epoch;
        }
    }

    /**
     * The values of an epoch, or those that a run ends with.
     *
     * @param millis the time, in milliseconds since 1970
     * @param epoch from 1; of the end the last one
     * @param values by name
     * @param config the values of the config by dotted path, at the end; empty for an epoch
     */
    record Report(long millis, int epoch, Map<String, Double> values, Map<String, String> config) {
        /** Whether this is the end of the run. */
        boolean ends() {
            return !config.isEmpty();
        }
    }
}
