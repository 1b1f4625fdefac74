package org.lungo.experiment;

import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

/** Hears how training goes, passes it on, and times the steps; validation is not counted. */
public final class StepClock implements Listener {
    private final Listener listener;
    private long epochStart;
    private long nanos;
    private long steps;

    public StepClock(Listener listener) {
        this.listener = listener;
    }

    /** The mean time of a training step, the reading of its batch included; NaN before the first epoch has ended. */
    public double secondsPerStep() {
        return steps == 0 ? Double.NaN : nanos / 1e9 / steps;
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
        epochStart = System.nanoTime();
        listener.epochStarted(epoch, batches, rows);
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        listener.stepEnded(epoch, batch, batches, loss);
        if (batch + 1 == batches) {
            nanos += System.nanoTime() - epochStart;
            steps += batches;
        }
    }

    @Override
    public void warned(String warning) {
        listener.warned(warning);
    }

    @Override
    public void epochEnded(EpochReport report) {
        listener.epochEnded(report);
    }
}
