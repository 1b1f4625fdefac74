package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.List;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;

/**
 * A column's encoding, and where its numbers stand among all numbers.
 *
 * @param input of the column
 * @param at the place of its first number
 */
record Placed<F extends Fitted.Numbers>(F fitted, String input, int at) {
    /** All of one type, in order. */
    static <F extends Fitted.Numbers> List<Placed<F>> of(Class<F> type, FittedTable table, RawColumns inputs) {
        List<Placed<F>> placed = new ArrayList<>();
        int at = 0;
        for (Fitted fitted : table.columns()) {
            if (fitted instanceof Fitted.Numbers numbers) {
                int width = numbers.width();
                if (type.isInstance(fitted) && width > 0) {
                    placed.add(new Placed<>(type.cast(fitted), inputs.of(fitted), at));
                }
                at += width;
            }
        }
        return placed;
    }

    /** The inputs of some side by side: [rows, columns]. */
    static String inputs(Graph graph, List<? extends Placed<?>> columns) {
        return graph.concat(columns.stream().map(Placed::input).toList());
    }
}
