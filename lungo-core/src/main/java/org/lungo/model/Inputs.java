package org.lungo.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.VectorShape;
import org.lungo.tensor.Check;

/**
 * What a model for tables is given and must give.
 *
 * @param numbers the number of number columns
 * @param cardinalities for each category column the number of its values
 * @param texts the columns of texts
 * @param shaped the columns with a shape of their own
 * @param outputs the width of the output, see {@link Answers#outputs}
 */
public record Inputs(int numbers, List<Integer> cardinalities, List<Text> texts, List<Shaped> shaped, int outputs) {
    public Inputs {
        cardinalities = List.copyOf(cardinalities);
        texts = List.copyOf(texts);
        shaped = List.copyOf(shaped);
        Check.that(
                numbers + cardinalities.size() + texts.size() + shaped.size() > 0,
                "a model needs at least one feature",
                "none; check which columns are ignored");
        Check.positive("outputs", outputs);
    }

    /** The inputs of a table without columns that have a shape of their own. */
    public Inputs(int numbers, List<Integer> cardinalities, List<Text> texts, int outputs) {
        this(numbers, cardinalities, texts, List.of(), outputs);
    }

    /** The inputs of a table without texts. */
    public Inputs(int numbers, List<Integer> cardinalities, int outputs) {
        this(numbers, cardinalities, List.of(), outputs);
    }

    /** The number of tokens of a row, those of all texts together. */
    public double tokens() {
        return texts.stream().mapToDouble(Text::length).sum();
    }

    /** The number of values of a row in columns with a shape of their own. */
    public double values() {
        return shaped.stream().mapToDouble(Shaped::size).sum();
    }

    /** What a network is given when columns with a shape of their own were read: their vectors as numbers. */
    Inputs read() {
        int width = shaped.stream().mapToInt(column -> column.reader().width()).sum();
        return new Inputs(numbers + width, cardinalities, texts, outputs);
    }

    /** The same without texts, or null when nothing is left. */
    @Nullable
    Inputs withoutTexts() {
        return numbers + cardinalities.size() == 0 ? null : new Inputs(numbers, cardinalities, outputs);
    }

    /**
     * A column of texts.
     *
     * @param tokens the number of different tokens
     * @param length the maximum number of tokens of a text
     */
    public record Text(int tokens, int length) {
        public Text {
            Check.positive("tokens", tokens);
            Check.positive("length", length);
        }
    }

    /**
     * A column with a shape of its own.
     *
     * @param column its name
     * @param shape of a row
     * @param reader what makes a vector of [rows, shape]
     */
    public record Shaped(String column, List<Integer> shape, VectorShape reader) {
        public Shaped {
            shape = List.copyOf(shape);
        }

        /** The number of values of a row. */
        double size() {
            return shape.stream().mapToDouble(size -> size).reduce(1, (all, size) -> all * size);
        }
    }
}
