package org.lungo.evaluate;

import java.util.Arrays;

/**
 * A metric bound to fixed predictions, ready to be computed on many resamples of their rows. Whatever can be done once
 * (sorting, losses per row) was done when it was made, so that a bootstrap costs one pass per resample.
 */
@FunctionalInterface
public interface Counted {
    /**
     * The metric when row {@code r} occurs {@code counts[r]} times.
     *
     * @param counts [rows] zero or more occurrences per row
     * @return NaN when the metric is undefined on these rows
     */
    double of(int[] counts);

    /** The mean of one number per row, such as a loss. */
    static Counted mean(double[] perRow) {
        if (Arrays.stream(perRow).allMatch(Double::isFinite)) {
            return counts -> finiteMean(perRow, counts);
        }
        return counts -> {
            double sum = 0;
            long rows = 0;
            for (int row = 0; row < perRow.length; row++) {
                if (counts[row] > 0) {
                    sum += counts[row] * perRow[row];
                    rows += counts[row];
                }
            }
            return rows == 0 ? Double.NaN : sum / rows;
        };
    }

    /**
     * A ratio of sums, such as the loss of a token over texts of different lengths.
     *
     * @param above of each row what is summed above the line
     * @param below of each row what is summed below it
     */
    static Counted ratio(double[] above, long[] below) {
        return counts -> {
            double sum = 0;
            long weight = 0;
            for (int row = 0; row < above.length; row++) {
                sum += counts[row] * above[row];
                weight += counts[row] * below[row];
            }
            return weight == 0 ? Double.NaN : sum / weight;
        };
    }

    /** Without a branch per row: on a resample a processor cannot foresee it. */
    private static double finiteMean(double[] perRow, int[] counts) {
        double sum = 0;
        long rows = 0;
        for (int row = 0; row < perRow.length; row++) {
            sum += counts[row] * perRow[row];
            rows += counts[row];
        }
        return rows == 0 ? Double.NaN : sum / rows;
    }
}
