package org.lungo.data;

/**
 * A row that cannot be used.
 *
 * @param row its number, the first row after the header is 1; for a broken line of a text file the line's number
 * @param reason what is wrong with it
 * @param text the value or line that is wrong
 */
public record BadRow(long row, String reason, String text) {}
