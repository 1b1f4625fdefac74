package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encoded rows.
 *
 * @param numbers [rows, numberWidth], row-major
 * @param categories [rows, categoryWidth], row-major
 * @param texts the tokens of all texts
 * @param shaped for each column with a shape of its own its values
 */
public record Encoded(
        int rows,
        int numberWidth,
        float[] numbers,
        int categoryWidth,
        long[] categories,
        Texts texts,
        List<Shaped> shaped) {
    /**
     * Tokens.
     *
     * @param width of a row, all texts together
     * @param tokens [rows, width], row-major: for each text its tokens, 0 after the last one
     */
    public record Texts(int width, int[] tokens) {
        /** No texts. */
        static final Texts NONE = new Texts(0, new int[0]);
    }

    /**
     * The values of a column with a shape of its own.
     *
     * @param shape of a row
     * @param values [rows, shape], row-major
     */
    public record Shaped(List<Integer> shape, float[] values) {
        public Shaped {
            shape = List.copyOf(shape);
        }

        /** The shape of {@code rows} rows as a tensor. */
        public long[] shape(int rows) {
            long[] all = new long[shape.size() + 1];
            all[0] = rows;
            for (int i = 0; i < shape.size(); i++) {
                all[i + 1] = shape.get(i);
            }
            return all;
        }
    }

    public Encoded {
        shaped = List.copyOf(shaped);
    }

    /** Encoded rows without texts. */
    public Encoded(int rows, int numberWidth, float[] numbers, int categoryWidth, long[] categories) {
        this(rows, numberWidth, numbers, categoryWidth, categories, Texts.NONE, List.of());
    }

    /** The number of tokens of a row, those of all texts together. */
    public int tokenWidth() {
        return texts.width;
    }

    /** The tokens of all texts, [rows, tokenWidth], row-major. */
    public int[] tokens() {
        return texts.tokens;
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
        int[] tokens = new int[rows * first.tokenWidth()];
        int at = 0;
        for (Encoded part : parts) {
            System.arraycopy(part.numbers, 0, numbers, at * first.numberWidth, part.numbers.length);
            System.arraycopy(part.categories, 0, categories, at * first.categoryWidth, part.categories.length);
            System.arraycopy(part.tokens(), 0, tokens, at * first.tokenWidth(), part.tokens().length);
            at += part.rows;
        }
        List<Shaped> shaped = new ArrayList<>();
        for (int i = 0; i < first.shaped.size(); i++) {
            shaped.add(concat(parts, i));
        }
        return new Encoded(
                rows,
                first.numberWidth,
                numbers,
                first.categoryWidth,
                categories,
                new Texts(first.tokenWidth(), tokens),
                shaped);
    }

    private static Shaped concat(List<Encoded> parts, int column) {
        int all = parts.stream()
                .mapToInt(part -> part.shaped.get(column).values.length)
                .reduce(0, Math::addExact);
        float[] values = new float[all];
        int at = 0;
        for (Encoded part : parts) {
            float[] own = part.shaped.get(column).values;
            System.arraycopy(own, 0, values, at, own.length);
            at += own.length;
        }
        return new Shaped(parts.get(0).shaped.get(column).shape, values);
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
                        new Texts(tokenWidth(), Arrays.copyOfRange(tokens(), start * tokenWidth(), end * tokenWidth())),
                        shaped.stream().map(column -> slice(column, start, end)).toList());
    }

    private Shaped slice(Shaped column, int start, int end) {
        int size = column.values.length / rows;
        return new Shaped(column.shape, Arrays.copyOfRange(column.values, start * size, end * size));
    }
}
