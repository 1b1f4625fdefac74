package org.lungo.preprocess;

/**
 * Encoded rows.
 *
 * @param numbers [rows, numberWidth], row-major
 * @param categories [rows, categoryWidth], row-major
 */
public record Encoded(int rows, int numberWidth, float[] numbers, int categoryWidth, long[] categories) {}
