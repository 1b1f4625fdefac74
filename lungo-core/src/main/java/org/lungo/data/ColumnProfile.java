package org.lungo.data;

import java.util.List;

/**
 * What one pass over a column found.
 *
 * @param kind what the values look like: numbers when all parse as numbers and none has zeros
 *     in front, dates when all parse as dates, text when they
 *     are {@link Sentences}, else categories
 * @param present the number of values that are not missing
 * @param distinct their number of different values, approximate above a few thousand
 * @param numbers how many of them parse as numbers
 * @param range smallest, largest, mean and standard deviation of the numbers; NaN when there are none
 * @param examples the first and the last value in alphabetical order
 */
public record ColumnProfile(
        String name, Kind kind, long present, long distinct, long numbers, Range range, List<String> examples) {
    /** Smallest, largest, mean and standard deviation. */
    public record Range(double min, double max, double mean, double deviation) {}

    /** True when most values are numbers and some are not: usually a text that stands for a missing value. */
    public boolean mixed() {
        return kind == Kind.CATEGORY && numbers < present && numbers >= 0.9 * present;
    }

    /** True for words, which may turn out to be dates or numbers in another form. */
    boolean isWords() {
        return present > 0 && (kind == Kind.CATEGORY || kind == Kind.TEXT);
    }

    /** True when all values are numbers and some begin with zeros, as codes do. */
    boolean codes() {
        return kind == Kind.CATEGORY && present > 0 && numbers == present;
    }

    /** The same column as another kind. */
    ColumnProfile as(Kind other) {
        return new ColumnProfile(name, other, present, distinct, numbers, range, examples);
    }
}
