package org.lungo.cli;

import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.Count;
import org.lungo.evaluate.Seconds;
import org.lungo.train.EpochReport;

/** How far one training is. */
final class Course {
    private final int epochs;
    private final LongSupplier clock;
    private final long start;
    private int epoch;
    private int steps;
    private long stepsDone;
    private long epochStart;
    private @Nullable EpochReport best;
    private int ended;

    /** @param clock in nanoseconds */
    Course(int epochs, LongSupplier clock) {
        this.epochs = epochs;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.epochStart = start;
    }

    void epochStarted(int number, int batches) {
        epoch = number;
        steps = batches;
        epochStart = clock.getAsLong();
    }

    void stepEnded() {
        stepsDone++;
    }

    void epochEnded(EpochReport report) {
        ended++;
        if (report.best() || best == null) {
            best = report;
        }
    }

    boolean hasEnded() {
        return ended > 0;
    }

    /** {@code epoch 24/200}. */
    String epoch() {
        return "epoch " + epoch + "/" + epochs;
    }

    /** The share of all steps that lie behind, after {@code step} steps of the epoch. */
    double share(int step) {
        return (epoch - 1 + (double) step / Math.max(1, steps)) / Math.max(1, epochs);
    }

    /** The time that is left if every epoch is needed; empty before a few steps are done. */
    String left(int step) {
        if (stepsDone < 3) {
            return "";
        }
        double left = (double) (epochs - epoch) * steps + steps - step;
        return "\u2264" + Seconds.text(left * seconds(start) / stepsDone) + " left";
    }

    /** The best validation loss so far and its epoch, {@code best 0.3213 (23)}; empty before the first. */
    String best() {
        EpochReport report = best;
        return report == null ? "" : String.format(Locale.ROOT, "best %.4f (%d)", report.valLoss(), report.epoch());
    }

    /** {@code 5 steps of 24 ms}. */
    String pace() {
        return Count.of(steps, "step") + " of " + Seconds.text(epochSeconds() / Math.max(1, steps));
    }

    double epochSeconds() {
        return seconds(epochStart);
    }

    /** What it came to, as a line that is kept. */
    String summary() {
        StringBuilder text =
                new StringBuilder("Trained " + Count.of(ended, "epoch") + " in " + Seconds.text(seconds(start)));
        EpochReport report = best;
        if (report != null) {
            text.append("; epoch ")
                    .append(report.epoch())
                    .append(" was the best: ")
                    .append(values(report));
        }
        return text.toString();
    }

    /** {@code loss 0.3032, val_loss 0.3213, val_accuracy 0.8417}. */
    static String values(EpochReport report) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "loss %.4f, val_loss %.4f", report.loss(), report.valLoss()));
        for (Map.Entry<String, Double> metric : report.metrics().entrySet()) {
            text.append(String.format(Locale.ROOT, ", %s %.4f", metric.getKey(), metric.getValue()));
        }
        return text.toString();
    }

    private double seconds(long since) {
        return (clock.getAsLong() - since) / 1e9;
    }
}
