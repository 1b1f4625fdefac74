package org.lungo.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column that has held nothing but {@linkplain PlainNumber plain numbers} and missing values so far. */
final class PlainColumn {
    private double[] values;
    private int rows;
    private byte @Nullable [] first;
    private byte @Nullable [] last;

    PlainColumn(int capacity) {
        values = new double[capacity];
    }

    /** Adds a value; NaN for a missing one. */
    void add(double value) {
        if (rows == values.length) {
            values = Arrays.copyOf(values, rows + (rows >> 2) + 1024);
        }
        values[rows++] = value;
    }

    /** Makes room for so many rows at once: growing step by step copies them several times. */
    void reserve(int capacity) {
        if (capacity > values.length) {
            values = Arrays.copyOf(values, capacity);
        }
    }

    /** Looks at the text of a value, which stands in {@code text} from {@code from} to before {@code to}. */
    void see(byte[] text, int from, int to) {
        if (first == null || last == null) {
            first = Arrays.copyOfRange(text, from, to);
            last = first;
        } else if (Arrays.compareUnsigned(text, from, to, first, 0, first.length) < 0) {
            first = Arrays.copyOfRange(text, from, to);
        } else if (Arrays.compareUnsigned(text, from, to, last, 0, last.length) > 0) {
            last = Arrays.copyOfRange(text, from, to);
        }
    }

    /** The column, without room for more. */
    NumberColumn column(String name) {
        values = rows == values.length ? values : Arrays.copyOf(values, rows);
        return new NumberColumn(name, values);
    }

    /** Whether there is a value that is not missing. */
    boolean hasValues() {
        return first != null;
    }

    /** What {@link ProfileRow} finds in such a column; different values are counted as numbers, and exactly. */
    ColumnProfile profile(String name) {
        long present = 0;
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            double value = values[row];
            if (!Double.isNaN(value)) {
                present++;
                sum += value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        double mean = sum / present;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            double away = values[row] - mean;
            squares += Double.isNaN(away) ? 0 : away * away;
        }
        double deviation = present > 1 ? Math.sqrt(squares / (present - 1)) : Double.NaN;
        return new ColumnProfile(
                name,
                Kind.NUMBER,
                present,
                distinct(),
                present,
                new ColumnProfile.Range(min, max, mean, deviation),
                examples());
    }

    private List<String> examples() {
        return Stream.of(first, last)
                .filter(text -> text != null)
                .map(text -> new String(text, StandardCharsets.US_ASCII))
                .distinct()
                .toList();
    }

    /** The number of different values that are not missing, by a hash table of their bits. */
    private int distinct() {
        int places = Math.max(2, Integer.highestOneBit(Math.max(1, rows)) << 1);
        long empty = Double.doubleToLongBits(Double.NaN);
        long[] seen = new long[places << 1 < 0 ? places : places << 1];
        Arrays.fill(seen, empty);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            long bits = Double.doubleToLongBits(values[row] + 0.0); // one zero
            int at = (int) (Column.mix(0, bits) & seen.length - 1);
            while (seen[at] != bits && seen[at] != empty) {
                at = at + 1 & seen.length - 1;
            }
            if (seen[at] != bits && bits != empty) {
                seen[at] = bits;
                count++;
            }
        }
        return count;
    }
}
