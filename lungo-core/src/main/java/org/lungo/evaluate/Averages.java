package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.lungo.data.Task;

/** Means over classes, labels or outputs of a metric that is defined for one of them. */
final class Averages {
    private Averages() {}

    /** The mean of the parts that are defined; NaN when none is. */
    static Counted defined(List<Counted> parts) {
        return counts -> {
            double sum = 0;
            int defined = 0;
            for (Counted part : parts) {
                double value = part.of(counts);
                if (!Double.isNaN(value)) {
                    sum += value;
                    defined++;
                }
            }
            return Confusion.ratio(sum, defined);
        };
    }

    /**
     * The positive class for binary; one class against the rest, averaged, for multiclass; every label or output,
     * averaged, for the others.
     *
     * @param part makes the metric from [rows] scores and [rows] targets
     */
    static Counted perColumn(Predictions predictions, BiFunction<double[], double[], Counted> part) {
        List<Counted> parts = new ArrayList<>();
        for (int c = predictions.task() == Task.BINARY ? 1 : 0; c < predictions.width(); c++) {
            parts.add(part.apply(predictions.scoresOf(c), predictions.targetsOf(c)));
        }
        return parts.size() == 1 ? parts.get(0) : defined(parts);
    }
}
