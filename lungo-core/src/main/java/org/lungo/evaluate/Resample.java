package org.lungo.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Occurrence counts per row, the form in which resamples are handed to metrics. */
final class Resample {
    private Resample() {}

    /** Every row once: the sample itself. */
    static int[] once(int rows) {
        int[] counts = new int[rows];
        Arrays.fill(counts, 1);
        return counts;
    }

    /** Draws as many rows as there are, with replacement, into {@code counts}. */
    static void draw(SplittableRandom random, int[] counts) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < counts.length; i++) {
            counts[random.nextInt(counts.length)]++;
        }
    }

    /** The row indices, each as often as it is counted. */
    static int[] rows(int[] counts) {
        int[] rows = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int row = 0; row < counts.length; row++) {
            Arrays.fill(rows, at, at + counts[row], row);
            at += counts[row];
        }
        return rows;
    }
}
