package org.lungo.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.lungo.train.EpochReport;

/**
 * One line that is redrawn: the phase, and in training the epoch, a bar for all epochs, the loss, the best epoch and the
 * time left. Lines that stay say how long epochs went, and what training came to.
 */
final class LiveProgress implements Progress {
    private static final int BAR = 20;
    private static final int MIN_BAR = 8;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final double LONG_EPOCH_SECONDS = 10;
    private static final String REST = "\u001b[K"; // erases what the line showed before

    private final PrintStream out;
    private final Terminal terminal;
    private final LongSupplier clock;
    private final Phases phases;
    private long drawn;

    /** @param clock in nanoseconds */
    LiveProgress(int epochs, PrintStream out, Terminal terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.phases = new Phases(epochs, clock);
        this.drawn = clock.getAsLong() - REDRAW_NANOS;
    }

    @Override
    public void phaseStarted(String started) {
        String before = phases.begin(started);
        if (before != null) {
            keep(before);
        }
        draw(phases.name());
    }

    @Override
    public void resumed(int epoch) {
        keep("Resumed after epoch " + epoch);
    }

    @Override
    public void epochStarted(int epoch, int batches, long rows) {
        phases.course().epochStarted(epoch, batches);
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        phases.course().stepEnded();
        if (clock.getAsLong() - drawn >= REDRAW_NANOS) {
            draw(line(batch + 1, loss));
        }
    }

    @Override
    public void warned(String warning) {
        keep("Warning: " + warning);
    }

    @Override
    public void epochEnded(EpochReport report) {
        phases.course().epochEnded(report);
        if (phases.course().epochSeconds() >= LONG_EPOCH_SECONDS) {
            keep(phases.ended(report));
        }
    }

    @Override
    public void close() {
        out.print("\r" + REST);
        out.flush();
    }

    /** As much of it as the terminal has room for. */
    private String line(int step, double loss) {
        Course course = phases.course();
        String after = String.format(Locale.ROOT, "  loss %.4f", loss);
        String epoch = course.epoch() + "  ";
        String name = phases.name().replaceFirst(", to .*", "") + "  ";
        int room = terminal.width() - 1 - epoch.length() - after.length();
        String before = name.length() <= room ? name + epoch : epoch;
        for (String part : new String[] {course.best(), course.left(step)}) {
            boolean fits = before.length() + MIN_BAR + after.length() + 2 + part.length() < terminal.width();
            after += part.isEmpty() || !fits ? "" : "  " + part;
        }
        int bar = Math.max(0, Math.min(BAR, terminal.width() - 1 - before.length() - after.length()));
        int filled = (int) Math.round(bar * course.share(step));
        return before + terminal.green("\u2501".repeat(filled) + " ".repeat(bar - filled)) + after;
    }

    private void draw(String text) {
        drawn = clock.getAsLong();
        boolean cut = text.indexOf('\u001b') < 0 && text.length() >= terminal.width();
        out.print("\r" + (cut ? text.substring(0, terminal.width() - 2) + "\u2026" : text) + REST);
        out.flush();
    }

    private void keep(String text) {
        out.print("\r" + text + REST + System.lineSeparator());
        out.flush();
    }
}
