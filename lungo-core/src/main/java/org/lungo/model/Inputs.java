package org.lungo.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;

/**
 * What a model for tables is given and must give.
 *
 * @param numbers the number of number columns
 * @param cardinalities for each category column the number of its values
 * @param texts the columns of texts
 * @param outputs the width of the output, see {@link Answers#outputs}
 */
public record Inputs(int numbers, List<Integer> cardinalities, List<Text> texts, int outputs) {
    public Inputs {
        cardinalities = List.copyOf(cardinalities);
        texts = List.copyOf(texts);
        Check.that(
                numbers + cardinalities.size() + texts.size() > 0,
                "a model needs at least one feature",
                "none; check which columns are ignored");
        Check.positive("outputs", outputs);
    }

    /** The inputs of a table without texts. */
    public Inputs(int numbers, List<Integer> cardinalities, int outputs) {
        this(numbers, cardinalities, List.of(), outputs);
    }

    /** The number of tokens of a row, those of all texts together. */
    public double tokens() {
        return texts.stream().mapToDouble(Text::length).sum();
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
     * @param length the most tokens of a text
     */
    public record Text(int tokens, int length) {
        public Text {
            Check.positive("tokens", tokens);
            Check.positive("length", length);
        }
    }
}
