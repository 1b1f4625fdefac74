package org.lungo.data;

/**
 * A place in a source.
 *
 * @param row how many rows are before it
 * @param check of these rows, where a file's size and time cannot tell that they are still the same; else 0
 */
public record RowMark(long row, long check) {
    /** Before the first row. */
    public static final RowMark START = new RowMark(0, 0);
}
