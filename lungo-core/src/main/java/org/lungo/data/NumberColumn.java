package org.lungo.data;

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

    @Override
    public NumberColumn select(int[] rows) {
        double[] selected = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return new NumberColumn(name, selected);
    }
}
