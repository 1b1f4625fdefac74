package org.lungo.data;

import java.util.Arrays;

/**
 * Numbers far from all others: beyond {@value #FAR} times the distance of the quartiles from these.
 *
 * @param count how many
 * @param example the one that is farthest away
 * @param lower quartile of the column's first {@value #LOOKED_AT} values
 * @param upper quartile of these
 */
public record Outliers(long count, double example, double lower, double upper) {
    static final int FAR = 10;
    static final int LOOKED_AT = 1_000_000;

    /** The number of standard deviations from the mean at which a value is looked at; at most 2.7% of the values can be. */
    private static final double SUSPECT = 6;

    /** What a larger share of the values is like belongs to the column. */
    private static final double MAX = 0.01;

    /** Whether the column may hold outliers, by what one pass found. */
    static boolean possible(ColumnProfile column) {
        ColumnProfile.Range range = column.range();
        double away = Math.max(range.max() - range.mean(), range.mean() - range.min());
        return column.kind() == Kind.NUMBER && Double.isFinite(away) && away > SUSPECT * range.deviation();
    }

    /** The farthest value of the column from its quartiles, which must differ: a column with one usual value has none. */
    static Outliers farthest(ColumnProfile column, double lower, double upper) {
        ColumnProfile.Range range = column.range();
        boolean high = range.max() - upper > lower - range.min();
        return new Outliers(0, high ? range.max() : range.min(), lower, upper);
    }

    /** Those of a column that is in memory. */
    static Outliers in(NumberColumn numbers, ColumnProfile column) {
        double[] sorted = numbers.sorted(LOOKED_AT);
        if (sorted.length == 0) {
            return new Outliers(0, 0, 0, 0);
        }
        Outliers farthest = farthest(column, quantile(sorted, 0.25), quantile(sorted, 0.75));
        return farthest.counted(Arrays.stream(numbers.values())
                .filter(value -> value < farthest.low() || value > farthest.high())
                .count());
    }

    /** A quantile of values in order, interpolated as DuckDB's {@code quantile_cont} does. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double part = place - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }

    double low() {
        return lower - FAR * (upper - lower);
    }

    double high() {
        return upper + FAR * (upper - lower);
    }

    /** Whether the example is one. */
    boolean any() {
        return upper > lower && (example < low() || example > high());
    }

    /** The same with the number of values that are as far away. */
    Outliers counted(long count) {
        return new Outliers(count, example, lower, upper);
    }

    /** Whether they are few among {@code present} values. */
    boolean few(long present) {
        return count <= MAX * present;
    }
}
