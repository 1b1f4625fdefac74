package org.lungo.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

/** Shows how training goes, in the grammar of Keras. */
final class Progress implements Listener {
    private static final int WIDTH = 20;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 1_000_000_000L;

    private final Style style;
    private final int epochs;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private long epochStart = start;
    private long shown;
    private long steps;
    private long stepNanos;

    /** The ways to show it. */
    enum Style {
        BAR,
        PLAIN,
        JSON,
        NONE;

        static Style chosen(@Nullable Style wanted) {
            if (wanted != null) {
                return wanted;
            }
            boolean plain = System.console() == null
                    || System.getenv("CI") != null
                    || System.getenv("NO_COLOR") != null
                    || "dumb".equals(System.getenv("TERM"));
            return plain ? PLAIN : BAR;
        }
    }

    Progress(Style style, int epochs, PrintStream out) {
        this.style = style;
        this.epochs = epochs;
        this.out = out;
    }

    /** The mean time of a training step, the reading of its batch included. */
    double microsecondsPerStep() {
        return steps == 0 ? 0 : stepNanos / 1e3 / steps;
    }

    @Override
    public void epochStarted(int epoch, int batches) {
        epochStart = System.nanoTime();
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        steps++;
        if (batch + 1 == batches) {
            stepNanos += System.nanoTime() - epochStart;
        }
        if (style == Style.BAR && System.nanoTime() - shown > REDRAW_NANOS) {
            shown = System.nanoTime();
            int filled = WIDTH * (batch + 1) / batches;
            out.printf(
                    Locale.ROOT,
                    "\rEpoch %d/%d %d/%d %s%s loss: %.4f\u001b[K",
                    epoch,
                    epochs,
                    batch + 1,
                    batches,
                    "━".repeat(filled),
                    " ".repeat(WIDTH - filled),
                    loss);
            out.flush();
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        boolean due = System.nanoTime() - shown > PLAIN_NANOS;
        if (style == Style.JSON) {
            out.printf(
                    Locale.ROOT,
                    "{\"event\":\"epoch\",\"epoch\":%d,\"epochs\":%d,\"step\":%d,\"loss\":%s,\"val_loss\":%s,\"lr\":%s,"
                            + "\"elapsed_s\":%.3f,\"best\":%b}%n",
                    report.epoch(),
                    epochs,
                    report.step(),
                    report.loss(),
                    report.valLoss(),
                    report.learningRate(),
                    (System.nanoTime() - start) / 1e9,
                    report.best());
        } else if (style == Style.BAR || style == Style.PLAIN && due) {
            shown = System.nanoTime();
            out.printf(
                    Locale.ROOT,
                    "%sEpoch %d/%d - loss: %.4f - val_loss: %.4f%s",
                    style == Style.BAR ? "\r" : "",
                    report.epoch(),
                    epochs,
                    report.loss(),
                    report.valLoss(),
                    style == Style.BAR ? "\u001b[K" : "\n");
            out.flush();
        }
    }
}
