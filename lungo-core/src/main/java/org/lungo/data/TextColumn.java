package org.lungo.data;

import org.jspecify.annotations.Nullable;

/** Category names or free text; null where a value is missing. */
public record TextColumn(String name, @Nullable String[] values) implements Column {
    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public boolean missing(int row) {
        return values[row] == null;
    }

    @Override
    public String text(int row) {
        String value = values[row];
        return value == null ? "" : value;
    }

    @Override
    public void hash(long[] hashes, int at) {
        for (int row = 0; row < values.length; row++) {
            String value = values[row];
            long text = value == null ? 0 : Column.mix(value.length(), value.hashCode());
            for (int i = 0; value != null && i < value.length(); i++) {
                text = text * 1_000_003 + value.charAt(i);
            }
            hashes[at + row] = Column.mix(hashes[at + row], text);
        }
    }

    @Override
    public TextColumn select(int[] rows) {
        @Nullable String[] selected = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return new TextColumn(name, selected);
    }
}
