package org.lungo.experiment.track;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.deploy.Manifest;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

/**
 * Hears how a training goes, passes it on, and shows the epochs and the end in the trackers of a config. A tracker that
 * fails or is slow costs the training nothing: its reports wait in a queue of a thread of its own, and its failure becomes
 * one warning of the listener. Only the end of a run waits for the trackers, at most {@link #PATIENCE_MILLIS}.
 */
public final class Tracking implements Listener, AutoCloseable {
    /** How long the end of a run waits for its trackers together, in milliseconds. */
    public static final long PATIENCE_MILLIS = 3000;

    private final Listener listener;
    private final Clock clock;
    private final List<Delivery> deliveries = new ArrayList<>();

    /**
     * Starts the trackers.
     *
     * @param run the folder of the run
     * @param environment variables with the name and password or the token of the MLflow server
     * @param clock the time of the reports
     */
    public Tracking(Track track, Path run, Map<String, String> environment, Clock clock, Listener listener) {
        this.listener = listener;
        this.clock = clock;
        if (track.tensorboard()) {
            deliveries.add(new Delivery(new TensorBoard(run.resolve(Manifest.TENSORBOARD), clock)));
        }
        String server = track.mlflow();
        if (server != null) {
            deliveries.add(new Delivery(new MlflowRun(new MlflowServer(server, environment), run, environment, clock)));
        }
    }

    @Override
    public void phaseStarted(String phase) {
        listener.phaseStarted(phase);
    }

    @Override
    public void resumed(int epoch) {
        listener.resumed(epoch);
    }

    @Override
    public void epochStarted(int epoch, int batches, long rows) {
        listener.epochStarted(epoch, batches, rows);
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        listener.stepEnded(epoch, batch, batches, loss);
        warn();
    }

    @Override
    public void warned(String warning) {
        listener.warned(warning);
    }

    @Override
    public void epochEnded(EpochReport report) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", report.loss());
        values.put(EpochReport.VAL_LOSS, report.valLoss());
        values.putAll(report.metrics());
        values.put("learning_rate", report.learningRate());
        offer(new Tracker.Report(clock.millis(), report.epoch(), values, Map.of()));
        listener.epochEnded(report);
        warn();
    }

    /**
     * The run has ended.
     *
     * @param epoch the last one
     * @param test the metrics of the test by name
     * @param config the values of the config by dotted path, without passwords
     */
    public void ended(int epoch, Map<String, Double> test, Map<String, String> config) {
        Map<String, Double> values = new LinkedHashMap<>();
        test.forEach((name, value) -> values.put("test_" + name, value));
        offer(new Tracker.Report(clock.millis(), epoch, values, config));
        deliveries.forEach(Delivery::complete);
    }

    private void offer(Tracker.Report report) {
        deliveries.forEach(delivery -> delivery.offer(report));
    }

    private void warn() {
        for (Delivery delivery : deliveries) {
            String warning = delivery.warning();
            if (warning != null) {
                listener.warned(warning);
            }
        }
    }

    /** Waits a moment for the trackers; what they do not take in time is missing there. */
    @Override
    public void close() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Delivery delivery : deliveries) {
            delivery.close((end - System.nanoTime()) / 1_000_000);
        }
        warn();
    }
}
