package org.lungo.data;

/** The values of one column of a {@link Table}. */
public sealed interface Column permits NumberColumn, TextColumn {
    /** The column's name. */
    String name();

    /** The number of rows. */
    int rows();

    /** True when the value of {@code row} is absent. */
    boolean missing(int row);

    /** The value of {@code row} as text, for messages; empty when missing. */
    String text(int row);

    /** The given rows, in the given order. */
    Column select(int[] rows);
}
