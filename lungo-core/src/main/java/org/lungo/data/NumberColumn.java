package org.lungo.data;

import java.util.Arrays;

/** Numbers, or dates as seconds since 1970-01-01T00:00Z; NaN where a value is missing. */
public record NumberColumn(String name, double[] values) implements Column {
    /** From here on a double does not hold every whole number. */
    static final double EXACT = 1L << 53;

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public boolean missing(int row) {
        return Double.isNaN(values[row]);
    }

    @Override
    public String text(int row) {
        double value = values[row];
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public void hash(long[] hashes, int at) {
        for (int row = 0; row < values.length; row++) {
            hashes[at + row] = Column.mix(hashes[at + row], Double.doubleToLongBits(values[row]));
        }
    }

    /** The values that are not missing, in ascending order. */
    public double[] sorted() {
        return sorted(values.length);
    }

    /** The same of the first {@code rows} rows. Values equal to the smallest are many in sparse tables; they are set apart. */
    double[] sorted(int rows) {
        double[] present = new double[Math.min(rows, values.length)];
        int count = 0;
        double least = Double.NaN;
        for (int row = 0; row < present.length; row++) {
            if (!Double.isNaN(values[row])) {
                present[count++] = values[row];
                least = count == 1 || Double.compare(values[row], least) < 0 ? values[row] : least;
            }
        }
        int equal = 0;
        for (int i = 0; i < count; i++) {
            if (Double.compare(present[i], least) == 0) {
                present[i] = present[equal];
                present[equal++] = least;
            }
        }
        Arrays.sort(present, equal, count);
        return count == present.length ? present : Arrays.copyOf(present, count);
    }

    @Override
    public NumberColumn select(int[] rows) {
        double[] selected = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return new NumberColumn(name, selected);
    }
}
