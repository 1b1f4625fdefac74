package org.lungo.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.Counts;

/** Shows how a batch goes: rows or texts and their rate, redrawn on a terminal, else one plain line per 30 s. */
final class BatchProgress implements BatchListener {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long PLAIN_NANOS = 30_000_000_000L;

    private static final String ROWS = "rows";

    private final Progress.Style style;
    private final String unit;
    private final PrintStream out;
    private final LongSupplier clock;
    private final long start;
    private long before;
    private long shown;
    private boolean drawn;

    /**
     * A display.
     *
     * @param unit what is counted, in the plural
     * @param clock in nanoseconds
     */
    BatchProgress(Progress.Style style, String unit, PrintStream out, LongSupplier clock) {
        this.style = style;
        this.unit = unit;
        this.out = out;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shown = start;
    }

    @Override
    public void started(Counts done) {
        before = done.rows();
    }

    @Override
    public void noted(String note) {
        if (style != Progress.Style.NONE) {
            out.println("note: " + note);
        }
    }

    @Override
    public void progressed(Counts counts) {
        long now = clock.getAsLong();
        long since = now - shown;
        if (style == Progress.Style.NONE || since < (style == Progress.Style.BAR ? REDRAW_NANOS : PLAIN_NANOS)) {
            return;
        }
        shown = now;
        switch (style) {
            case BAR -> {
                out.print("\r" + line(counts) + "\u001b[K");
                drawn = true;
            }
            case PLAIN -> out.println(line(counts));
            case JSON ->
                out.printf(
                        Locale.ROOT,
                        "{\"event\":\"rows\",\"rows\":%d,\"bad_rows\":%d,\"unknown\":%d,\"rows_per_s\":%.0f,"
                                + "\"elapsed_s\":%.3f}%n",
                        counts.rows(),
                        counts.bad(),
                        counts.unknown(),
                        rate(counts),
                        seconds());
            case NONE -> {}
        }
        out.flush();
    }

    /** Only rows can be bad, or hold values that training never saw. */
    private String line(Counts counts) {
        String done = String.format(
                Locale.ROOT, "%,d %s %.0fs %,.0f %s/s", counts.rows(), unit, seconds(), rate(counts), unit);
        return unit.equals(ROWS)
                ? done + String.format(Locale.ROOT, " - bad: %,d - unknown: %,d", counts.bad(), counts.unknown())
                : done;
    }

    /** The rows that this start predicts per second. */
    double rate(Counts counts) {
        return (counts.rows() - before) / Math.max(seconds(), 1e-3);
    }

    double seconds() {
        return (clock.getAsLong() - start) / 1e9;
    }

    /** Removes the line that was redrawn. */
    void clear() {
        if (drawn) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
