package org.lungo.family.tables.onnx;

import java.util.Locale;
import org.lungo.data.Task;
import org.lungo.preprocess.FittedTarget;

/**
 * How far the answers of an ONNX file are from ours.
 *
 * @param rows that were compared
 * @param largest the largest absolute difference
 * @param relative of probabilities the same; of numbers relative to the larger of the number and the target's deviation
 * @param row of the largest relative difference, from 0
 * @param labels whether every label is the one that its probabilities decide
 */
public record Agreement(int rows, double largest, double relative, int row, boolean labels) {
    static Agreement of(FittedTarget target, double[][] ours, OnnxScorer.Answers theirs) {
        double largest = 0;
        double relative = 0;
        int worst = 0;
        for (int row = 0; row < ours.length; row++) {
            for (int i = 0; i < ours[row].length; i++) {
                double difference = difference(ours[row][i], theirs.scores()[row][i]);
                largest = Math.max(largest, difference);
                double scale =
                        target.task() == Task.REGRESSION ? Math.max(Math.abs(ours[row][i]), target.deviation()) : 1;
                if (difference / scale > relative) {
                    relative = difference / scale;
                    worst = row;
                }
            }
        }
        return new Agreement(ours.length, largest, relative, worst, sameLabels(target, theirs));
    }

    /** Two answers that are both no number are equal. */
    private static double difference(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b) ? 0 : Double.POSITIVE_INFINITY;
        }
        return a == b ? 0 : Math.abs(a - b);
    }

    private static boolean sameLabels(FittedTarget target, OnnxScorer.Answers answers) {
        for (int row = 0; row < answers.labels().length; row++) {
            double[] scores = answers.scores()[row];
            String[] labels = answers.labels()[row];
            for (int i = 0; i < labels.length; i++) {
                String decided = target.task() == Task.MULTILABEL
                        ? target.labels().get(i).word(target.has(scores[i]))
                        : target.classes().get(target.decide(scores));
                if (!decided.equals(labels[i])) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Makes sure that the answers agree.
     *
     * @throws DisagreementException when they do not
     */
    void require(double tolerance) {
        if (!(relative <= tolerance)) {
            throw new DisagreementException(String.format(
                    Locale.ROOT,
                    "the ONNX file must answer as the model does, to %.1e. Received: a difference of %.1e in row %d of"
                            + " %d that were compared; nothing was written. Please report it; --tolerance allows more",
                    tolerance,
                    relative,
                    row + 1,
                    rows));
        }
        if (!labels) {
            throw new DisagreementException("the labels of the ONNX file must be those that its probabilities decide."
                    + " Received: another one; nothing was written. Please report it");
        }
    }
}
