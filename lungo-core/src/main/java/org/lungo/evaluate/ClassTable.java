package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lungo.data.Task;

/**
 * Precision, recall and F1 of every class or label, and their averages, in scikit-learn's layout.
 *
 * @param rows one line per class or label
 * @param averages {@code macro avg} and {@code weighted avg}; for multilabel {@code micro avg} before them
 */
public record ClassTable(List<Line> rows, List<Line> averages) {
    /** NaN stands for undefined: a class never decided has no precision, one without rows no recall. */
    public record Line(String name, double precision, double recall, double f1, long support) {
        static Line of(String name, Confusion matrix, int index) {
            return new Line(
                    name, matrix.precision(index), matrix.recall(index), matrix.fbeta(index, 1), matrix.support(index));
        }
    }

    /** The table of classification predictions. */
    static ClassTable of(Predictions predictions) {
        List<Line> rows = new ArrayList<>();
        List<Line> averages = new ArrayList<>();
        if (predictions.task() == Task.MULTILABEL) {
            List<Confusion> labels = Confusion.ofLabels(predictions);
            Confusion pooled = new Confusion(new long[2][2]);
            for (int label = 0; label < labels.size(); label++) {
                rows.add(Line.of(predictions.classes().get(label), labels.get(label), 1));
                for (int cell = 0; cell < 4; cell++) {
                    pooled.counts()[cell / 2][cell % 2] += labels.get(label).counts()[cell / 2][cell % 2];
                }
            }
            averages.add(Line.of("micro avg", pooled, 1));
        } else {
            Confusion matrix = Confusion.of(predictions);
            for (int c = 0; c < matrix.size(); c++) {
                rows.add(Line.of(predictions.classes().get(c), matrix, c));
            }
        }
        averages.add(average("macro avg", rows, line -> 1));
        averages.add(average("weighted avg", rows, Line::support));
        return new ClassTable(List.copyOf(rows), List.copyOf(averages));
    }

    private static Line average(String name, List<Line> rows, ToDoubleFunction<Line> weight) {
        long support = rows.stream().mapToLong(Line::support).sum();
        return new Line(
                name,
                mean(rows, Line::precision, weight),
                mean(rows, Line::recall, weight),
                mean(rows, Line::f1, weight),
                support);
    }

    /** Lines without a value are left out, unless the class has rows: then it counts as 0. */
    private static double mean(List<Line> rows, ToDoubleFunction<Line> value, ToDoubleFunction<Line> weight) {
        double sum = 0;
        double weights = 0;
        for (Line line : rows) {
            double one = value.applyAsDouble(line);
            if (!Double.isNaN(one) || line.support() > 0) {
                sum += weight.applyAsDouble(line) * (Double.isNaN(one) ? 0 : one);
                weights += weight.applyAsDouble(line);
            }
        }
        return Confusion.ratio(sum, weights);
    }
}
