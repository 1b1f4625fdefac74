package org.lungo.model;

import java.util.List;
import org.lungo.tensor.Check;

/**
 * What a model for tables is given and must give.
 *
 * @param numbers the number of number columns
 * @param cardinalities for each category column the number of its values
 * @param outputs the width of the output, see {@link Answers#outputs}
 */
public record Inputs(int numbers, List<Integer> cardinalities, int outputs) {
    public Inputs {
        cardinalities = List.copyOf(cardinalities);
        Check.that(
                numbers + cardinalities.size() > 0,
                "a model needs at least one feature",
                "none; check which columns are ignored");
        Check.positive("outputs", outputs);
    }
}
