package org.lungo.preprocess;

import java.util.Arrays;
import java.util.List;

/**
 * Encoded rows.
 *
 * @param numbers [rows, numberWidth], row-major
 * @param categories [rows, categoryWidth], row-major
 * @param tokens [rows, tokenWidth], row-major: for each text its tokens, 0 after the last one
 */
public record Encoded(
        int rows,
        int numberWidth,
        float[] numbers,
        int categoryWidth,
        long[] categories,
        int tokenWidth,
        int[] tokens) {
    /** Encoded rows without texts. */
    public Encoded(int rows, int numberWidth, float[] numbers, int categoryWidth, long[] categories) {
        this(rows, numberWidth, numbers, categoryWidth, categories, 0, new int[0]);
    }

    /** The rows of several, one after the other; all must have the same widths. */
    public static Encoded concat(List<Encoded> parts) {
        Encoded first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        int rows = parts.stream().mapToInt(Encoded::rows).sum();
        float[] numbers = new float[rows * first.numberWidth];
        long[] categories = new long[rows * first.categoryWidth];
        int[] tokens = new int[rows * first.tokenWidth];
        int at = 0;
        for (Encoded part : parts) {
            System.arraycopy(part.numbers, 0, numbers, at * first.numberWidth, part.numbers.length);
            System.arraycopy(part.categories, 0, categories, at * first.categoryWidth, part.categories.length);
            System.arraycopy(part.tokens, 0, tokens, at * first.tokenWidth, part.tokens.length);
            at += part.rows;
        }
        return new Encoded(rows, first.numberWidth, numbers, first.categoryWidth, categories, first.tokenWidth, tokens);
    }

    /** The rows from {@code start} to before {@code end}. */
    public Encoded slice(int start, int end) {
        return start == 0 && end == rows
                ? this
                : new Encoded(
                        end - start,
                        numberWidth,
                        Arrays.copyOfRange(numbers, start * numberWidth, end * numberWidth),
                        categoryWidth,
                        Arrays.copyOfRange(categories, start * categoryWidth, end * categoryWidth),
                        tokenWidth,
                        Arrays.copyOfRange(tokens, start * tokenWidth, end * tokenWidth));
    }
}
