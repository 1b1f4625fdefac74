package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.lungo.data.Task;

/**
 * How often each class was decided for each true class.
 *
 * @param counts [actual class, decided class] rows
 */
public record Confusion(long[][] counts) {
    /** The matrix of binary or multiclass predictions. */
    public static Confusion of(Predictions predictions) {
        return Cells.of(predictions).count(Resample.once(predictions.rows()));
    }

    /** One 2 by 2 matrix per label of multilabel predictions: [without, with] the label. */
    public static List<Confusion> ofLabels(Predictions predictions) {
        List<Confusion> matrices = new ArrayList<>();
        for (Cells cells : Cells.ofLabels(predictions)) {
            matrices.add(cells.count(Resample.once(predictions.rows())));
        }
        return matrices;
    }

    /** The number of classes. */
    public int size() {
        return counts.length;
    }

    /** All rows. */
    public long total() {
        long total = 0;
        for (int c = 0; c < size(); c++) {
            total += support(c);
        }
        return total;
    }

    /** Rows whose decision was right. */
    public long correct() {
        long correct = 0;
        for (int c = 0; c < size(); c++) {
            correct += counts[c][c];
        }
        return correct;
    }

    /** Rows that truly are of the class. */
    public long support(int index) {
        long support = 0;
        for (long count : counts[index]) {
            support += count;
        }
        return support;
    }

    /** Rows decided to be of the class. */
    public long decided(int index) {
        long decided = 0;
        for (long[] row : counts) {
            decided += row[index];
        }
        return decided;
    }

    /** The share of rows decided as the class that truly are; NaN when none was. */
    public double precision(int index) {
        return ratio(counts[index][index], decided(index));
    }

    /** The share of the class's rows that were found; NaN when it has none. */
    public double recall(int index) {
        return ratio(counts[index][index], support(index));
    }

    /**
     * {@code (1 + b²) tp / ((1 + b²) tp + b² fn + fp)} with b = {@code beta}, van Rijsbergen 1979; NaN when the class
     * has no rows and was never decided.
     */
    public double fbeta(int index, double beta) {
        double square = beta * beta;
        double hits = counts[index][index];
        return ratio((1 + square) * hits, square * support(index) + decided(index));
    }

    /** {@code tp / (tp + fp + fn)}; NaN when the class has no rows and was never decided. */
    public double jaccard(int index) {
        long hits = counts[index][index];
        return ratio(hits, support(index) + decided(index) - hits);
    }

    /** The positive class's value for two classes, else the macro average. */
    double positiveOrMacro(IntToDoubleFunction perClass) {
        return size() == 2 ? perClass.applyAsDouble(1) : macro(perClass);
    }

    /**
     * The unweighted mean over the classes for which the value is defined. A class that has rows but was never decided
     * counts as 0, as in scikit-learn: it earned nothing.
     */
    double macro(IntToDoubleFunction perClass) {
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < size(); c++) {
            double value = perClass.applyAsDouble(c);
            if (!Double.isNaN(value) || support(c) > 0) {
                sum += Double.isNaN(value) ? 0 : value;
                defined++;
            }
        }
        return ratio(sum, defined);
    }

    static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }

    /** Which cell of the matrix every row falls into, found once; resamples only count. */
    record Cells(int size, int[] cell) {
        static Cells of(Predictions predictions) {
            if (predictions.task() != Task.BINARY && predictions.task() != Task.MULTICLASS) {
                throw new IllegalArgumentException(
                        "a confusion matrix is for binary and multiclass. Received: " + predictions.task());
            }
            int[] cell = new int[predictions.rows()];
            for (int row = 0; row < cell.length; row++) {
                cell[row] = predictions.target(row) * predictions.width() + predictions.decision(row);
            }
            return new Cells(predictions.width(), cell);
        }

        static List<Cells> ofLabels(Predictions predictions) {
            List<Cells> labels = new ArrayList<>();
            for (int label = 0; label < predictions.width(); label++) {
                int[] cell = new int[predictions.rows()];
                for (int row = 0; row < cell.length; row++) {
                    boolean decided = predictions.scores()[row][label] >= predictions.threshold();
                    cell[row] = (int) predictions.targets()[row][label] * 2 + (decided ? 1 : 0);
                }
                labels.add(new Cells(2, cell));
            }
            return labels;
        }

        Confusion count(int[] counts) {
            long[] flat = new long[size * size];
            for (int row = 0; row < cell.length; row++) {
                flat[cell[row]] += counts[row];
            }
            long[][] matrix = new long[size][size];
            for (int c = 0; c < size; c++) {
                System.arraycopy(flat, c * size, matrix[c], 0, size);
            }
            return new Confusion(matrix);
        }
    }
}
