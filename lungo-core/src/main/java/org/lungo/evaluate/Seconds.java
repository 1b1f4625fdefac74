package org.lungo.evaluate;

import java.util.Locale;

/** Durations for people. */
public final class Seconds {
    private Seconds() {}

    /** A duration with two digits, in the unit that suits it: {@code 12 ms}, {@code 3.1 s}, {@code 10 min}. */
    public static String text(double seconds) {
        if (seconds < 1e-3) {
            return String.format(Locale.ROOT, "%.0f us", Math.max(1, seconds * 1e6));
        }
        if (seconds < 1) {
            return String.format(Locale.ROOT, seconds < 0.01 ? "%.1f ms" : "%.0f ms", seconds * 1e3);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
