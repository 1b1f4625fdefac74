package org.lungo.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The distinct values of a column in ascending order, and for each row which of them it has. Sorting happens once; a
 * resample is then counted per value in one pass, ties included.
 *
 * @param values [distinct] ascending
 * @param group [rows] index into {@code values}
 */
record Ranks(double[] values, int[] group) {
    static Ranks of(double[] column) {
        // Adding 0.0 turns -0.0 into 0.0, which a binary search tells apart.
        double[] sorted =
                Arrays.stream(column).map(value -> value + 0.0).sorted().toArray();
        int distinct = 0;
        for (double value : sorted) {
            if (distinct == 0 || sorted[distinct - 1] != value) {
                sorted[distinct++] = value;
            }
        }
        double[] values = Arrays.copyOf(sorted, distinct);
        int[] group = new int[column.length];
        for (int row = 0; row < group.length; row++) {
            group[row] = Arrays.binarySearch(values, column[row] + 0.0);
        }
        return new Ranks(values, group);
    }

    /** [distinct] how often each value occurs among {@code rows}. */
    long[] count(int[] counts, int[] rows) {
        long[] perValue = new long[values.length];
        for (int row : rows) {
            perValue[group[row]] += counts[row];
        }
        return perValue;
    }

    /** [distinct] how often each value occurs. */
    long[] count(int[] counts) {
        long[] perValue = new long[values.length];
        for (int row = 0; row < group.length; row++) {
            perValue[group[row]] += counts[row];
        }
        return perValue;
    }

    /** The rows whose {@code flag} is {@code wanted}. */
    static int[] where(double[] flag, double wanted) {
        return IntStream.range(0, flag.length)
                .filter(row -> flag[row] == wanted)
                .toArray();
    }
}
