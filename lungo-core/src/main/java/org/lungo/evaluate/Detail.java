package org.lungo.evaluate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Task;

/**
 * What stands behind the numbers of an evaluation: tables and curves.
 *
 * @param classes class, label or output names
 * @param threshold from which probability on an answer is positive
 * @param table per class or label; null for regression
 * @param confusion binary and multiclass, else null
 * @param calibration null for regression
 * @param curves by class name; empty for regression
 * @param residuals regression, else null
 */
public record Detail(
        List<String> classes,
        double threshold,
        @Nullable ClassTable table,
        @Nullable Confusion confusion,
        @Nullable Calibration calibration,
        Map<String, Curves> curves,
        @Nullable Residuals residuals) {
    /** The maximum number of classes to draw curves for, those with the largest numbers of rows. */
    private static final int CLASSES_DRAWN = 8;

    private static final int POINTS = 200;

    /** The ROC and precision-recall curve of one class against the rest, thinned for drawing. */
    public record Curves(Curve roc, Curve precisionRecall) {}

    static Detail of(Predictions predictions) {
        boolean classes = predictions.task().isClassification();
        boolean single = predictions.task() == Task.BINARY || predictions.task() == Task.MULTICLASS;
        return new Detail(
                predictions.classes(),
                predictions.threshold(),
                classes ? ClassTable.of(predictions) : null,
                single ? Confusion.of(predictions) : null,
                classes ? Calibration.of(predictions) : null,
                classes ? curves(predictions) : Map.of(),
                classes ? null : Residuals.of(predictions));
    }

    private static Map<String, Curves> curves(Predictions predictions) {
        int first = predictions.task() == Task.BINARY ? 1 : 0;
        long[] support = IntStream.range(0, predictions.width())
                .mapToLong(c -> support(predictions, c))
                .toArray();
        Map<String, Curves> curves = new LinkedHashMap<>();
        IntStream.range(first, predictions.width())
                .filter(c -> support[c] > 0 && support[c] < predictions.rows())
                .boxed()
                .sorted(Comparator.comparingLong(c -> -support[c]))
                .limit(CLASSES_DRAWN)
                .sorted()
                .forEach(c -> curves.put(
                        predictions.classes().get(c),
                        new Curves(
                                Curve.roc(predictions, c).thin(POINTS),
                                Curve.precisionRecall(predictions, c).thin(POINTS))));
        return curves;
    }

    private static long support(Predictions predictions, int index) {
        long support = 0;
        for (double target : predictions.targetsOf(index)) {
            support += (long) target;
        }
        return support;
    }
}
