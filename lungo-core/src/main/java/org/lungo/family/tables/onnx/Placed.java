package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.List;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;

/**
 * A column's encoding, and where it stands among those of its form.
 *
 * @param input of the column
 * @param at the place of its first number among all numbers, or of its index among all indices
 */
record Placed<F extends Fitted>(F fitted, String input, int at) {
    /** The columns that give numbers, in order; those that give none are left out. */
    static List<Placed<?>> numbers(FittedTable table, RawColumns inputs) {
        List<Placed<?>> placed = new ArrayList<>();
        int at = 0;
        for (Fitted fitted : table.columns()) {
            if (fitted instanceof Fitted.Numbers numbers && numbers.width() > 0) {
                placed.add(new Placed<>(fitted, inputs.of(fitted), at));
                at += numbers.width();
            }
        }
        return placed;
    }

    /** The columns that give an index, in order. */
    static List<Placed<?>> indices(FittedTable table, RawColumns inputs) {
        List<Placed<?>> placed = new ArrayList<>();
        for (Fitted fitted : table.columns()) {
            if (fitted instanceof Fitted.Index) {
                placed.add(new Placed<>(fitted, inputs.of(fitted), placed.size()));
            }
        }
        return placed;
    }

    /** The inputs of some side by side: [rows, columns]. */
    static String inputs(Graph graph, List<? extends Placed<?>> columns) {
        return graph.concat(columns.stream().map(Placed::input).toList());
    }
}
