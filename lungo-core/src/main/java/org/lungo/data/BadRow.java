package org.lungo.data;

/**
 * A row that cannot be used.
 *
 * @param row its number, the first row after the header is 1; 0 for a broken line of a text file, which is not a row
 * @param line the number of a broken line; 0 for a row
 * @param reason what is wrong with it
 * @param text the value or line that is wrong
 */
public record BadRow(long row, long line, String reason, String text) {}
