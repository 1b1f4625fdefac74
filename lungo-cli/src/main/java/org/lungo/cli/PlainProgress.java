package org.lungo.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.lungo.train.EpochReport;

/** A line for each phase and epoch, of epochs at most one a second; within a long epoch a line every half minute. */
final class PlainProgress implements Progress {
    private static final long STEP_NANOS = 30_000_000_000L;
    private static final long EPOCH_NANOS = 1_000_000_000L;

    private final int epochs;
    private final PrintStream out;
    private final LongSupplier clock;
    private final Phases phases;
    private long shown;

    /** @param clock in nanoseconds */
    PlainProgress(int epochs, PrintStream out, LongSupplier clock) {
        this.epochs = epochs;
        this.out = out;
        this.clock = clock;
        this.phases = new Phases(epochs, clock);
        this.shown = clock.getAsLong() - EPOCH_NANOS;
    }

    @Override
    public void phaseStarted(String started) {
        String before = phases.begin(started);
        if (before != null) {
            show(before);
        }
        show(phases.name());
    }

    @Override
    public void resumed(int epoch) {
        show("Resumed after epoch " + epoch);
    }

    @Override
    public void epochStarted(int epoch, int batches, long rows) {
        phases.course().epochStarted(epoch, batches);
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        phases.course().stepEnded();
        if (clock.getAsLong() - shown >= STEP_NANOS) {
            show(String.format(
                    Locale.ROOT,
                    "Epoch %d/%d, step %d/%d: loss %.4f, %s",
                    epoch,
                    epochs,
                    batch + 1,
                    batches,
                    loss,
                    phases.course().left(batch + 1)));
        }
    }

    @Override
    public void warned(String warning) {
        show("Warning: " + warning);
    }

    @Override
    public void epochEnded(EpochReport report) {
        phases.course().epochEnded(report);
        if (clock.getAsLong() - shown >= EPOCH_NANOS || report.epoch() == epochs) {
            show(phases.ended(report));
        }
    }

    private void show(String line) {
        out.println(line);
        out.flush();
        shown = clock.getAsLong();
    }
}
