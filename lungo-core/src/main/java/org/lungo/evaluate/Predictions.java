package org.lungo.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lungo.data.Task;

/**
 * What a model said about some rows, and what was true.
 *
 * <ul>
 *   <li>binary, multiclass: {@code scores} [rows, classes] probabilities that sum to 1, {@code targets} [rows, 1] class
 *       index; of two classes the second is the positive one
 *   <li>multilabel: {@code scores} [rows, labels] probabilities, {@code targets} [rows, labels] 0 or 1
 *   <li>regression: {@code scores} and {@code targets} [rows, outputs], in the target's own unit
 * </ul>
 *
 * @param classes the class or label names in index order; for regression the output names, or empty
 * @param threshold a row is positive (binary), or has a label (multilabel), from this probability on, inclusive
 */
public record Predictions(Task task, List<String> classes, double[][] scores, double[][] targets, double threshold) {
    /** The threshold unless one was chosen. */
    public static final double EVEN_THRESHOLD = 0.5;

    /** Rounding that float32 and bfloat16 probabilities may show in their sum. */
    private static final double SUM_TOLERANCE = 0.02;

    private static final double EDGE_TOLERANCE = 1e-6;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when shapes disagree, a number is not finite or a probability is outside [0, 1]; the
     *     message names the row
     */
    public Predictions {
        classes = List.copyOf(classes);
        if (scores.length == 0 || scores.length != targets.length) {
            throw new IllegalArgumentException("scores and targets must have the same number of rows, one or more."
                    + " Received: " + scores.length + " rows of scores, " + targets.length + " of targets");
        }
        int width = scores[0].length;
        if (task.isClassification()
                ? width != classes.size() || width < (task == Task.MULTILABEL ? 1 : 2)
                : width < 1) {
            throw new IllegalArgumentException("scores of a " + task + " task must be as wide as there are "
                    + (task.isClassification() ? "classes" : "outputs") + ". Received: width " + width + ", classes "
                    + classes);
        }
        for (int row = 0; row < scores.length; row++) {
            checkRow(task, row, scores[row], targets[row], width);
        }
    }

    /** Predictions decided at {@link #EVEN_THRESHOLD}. */
    public Predictions(Task task, List<String> classes, double[][] scores, double[][] targets) {
        this(task, classes, scores, targets, EVEN_THRESHOLD);
    }

    /**
     * Predictions for two classes.
     *
     * @param positive [rows] probability of {@code classes.get(1)}
     * @param targets [rows] class index, 0 or 1
     */
    public static Predictions binary(List<String> classes, double[] positive, int[] targets) {
        double[][] scores = new double[positive.length][];
        for (int row = 0; row < positive.length; row++) {
            scores[row] = new double[] {1 - positive[row], positive[row]};
        }
        return new Predictions(Task.BINARY, classes, scores, column(targets));
    }

    /** Predictions for several classes; {@code scores} [rows, classes], {@code targets} [rows] class index. */
    public static Predictions multiclass(List<String> classes, double[][] scores, int[] targets) {
        return new Predictions(Task.MULTICLASS, classes, scores, column(targets));
    }

    /** Predictions of one number per row; both [rows]. */
    public static Predictions regression(double[] predicted, double[] targets) {
        return new Predictions(Task.REGRESSION, List.of(), column(predicted), column(targets));
    }

    /** The number of rows. */
    public int rows() {
        return scores.length;
    }

    /** The number of classes, labels or outputs. */
    public int width() {
        return scores[0].length;
    }

    /** The true class of a row; binary and multiclass only. */
    public int target(int row) {
        return (int) targets[row][0];
    }

    /** The class decided for a row: the most probable one, or for two classes the positive from the threshold on. */
    public int decision(int row) {
        double[] score = scores[row];
        if (task == Task.BINARY) {
            return score[1] >= threshold ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < score.length; i++) {
            if (score[i] > score[best]) {
                best = i;
            }
        }
        return best;
    }

    /** [rows] the scores of one class, label or output. */
    public double[] scoresOf(int index) {
        double[] column = new double[rows()];
        for (int row = 0; row < column.length; row++) {
            column[row] = scores[row][index];
        }
        return column;
    }

    /** [rows] the targets of one output, or 1 where the class or label {@code index} is true and 0 elsewhere. */
    public double[] targetsOf(int index) {
        double[] column = new double[rows()];
        boolean single = task == Task.BINARY || task == Task.MULTICLASS;
        for (int row = 0; row < column.length; row++) {
            column[row] = single ? (target(row) == index ? 1 : 0) : targets[row][index];
        }
        return column;
    }

    /** The same predictions decided at another probability. */
    public Predictions withThreshold(double threshold) {
        return new Predictions(task, classes, scores, targets, threshold);
    }

    /** The given rows in the given order; a row may occur several times. */
    public Predictions select(int[] rows) {
        double[][] selectedScores = new double[rows.length][];
        double[][] selectedTargets = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            selectedScores[i] = scores[rows[i]];
            selectedTargets[i] = targets[rows[i]];
        }
        return new Predictions(task, classes, selectedScores, selectedTargets, threshold);
    }

    /** The rows of several predictions of the same task, one after the other: the folds of a cross-validation. */
    public static Predictions concat(List<Predictions> parts) {
        Predictions first = parts.get(0);
        for (Predictions part : parts) {
            if (part.task != first.task || !part.classes.equals(first.classes) || part.width() != first.width()) {
                throw new IllegalArgumentException("predictions to join must have one task and the same classes."
                        + " Received: " + first.task + " " + first.classes + " and " + part.task + " " + part.classes);
            }
        }
        double[][] scores =
                parts.stream().flatMap(part -> Arrays.stream(part.scores)).toArray(double[][]::new);
        double[][] targets =
                parts.stream().flatMap(part -> Arrays.stream(part.targets)).toArray(double[][]::new);
        return new Predictions(first.task, first.classes, scores, targets, first.threshold);
    }

    private static void checkRow(Task task, int row, double[] scores, double[] targets, int width) {
        boolean single = task == Task.BINARY || task == Task.MULTICLASS;
        if (scores.length != width || targets.length != (single ? 1 : width)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "row %d of a %s task must have %d scores and %d targets. Received: %d scores, %d targets",
                    row,
                    task,
                    width,
                    single ? 1 : width,
                    scores.length,
                    targets.length));
        }
        double sum = 0;
        for (double score : scores) {
            boolean valid = task.isClassification()
                    ? score >= -EDGE_TOLERANCE && score <= 1 + EDGE_TOLERANCE
                    : Double.isFinite(score);
            check(valid, row, task.isClassification() ? "a probability in [0, 1]" : "a finite prediction", score);
            sum += score;
        }
        check(!single || Math.abs(sum - 1) <= SUM_TOLERANCE, row, "probabilities that sum to 1", sum);
        for (double target : targets) {
            if (task == Task.REGRESSION) {
                check(Double.isFinite(target), row, "a finite target", target);
            } else {
                int last = single ? width - 1 : 1;
                boolean index = target >= 0 && target <= last && target == Math.rint(target);
                check(index, row, "a target from 0 to " + last, target);
            }
        }
    }

    private static void check(boolean valid, int row, String expected, double received) {
        if (!valid) {
            throw new IllegalArgumentException("expected " + expected + " at row " + row + ". Received: " + received
                    + "; a model that answers this has diverged or its last activation is missing");
        }
    }

    private static double[][] column(int[] values) {
        double[][] column = new double[values.length][];
        for (int row = 0; row < values.length; row++) {
            column[row] = new double[] {values[row]};
        }
        return column;
    }

    private static double[][] column(double[] values) {
        double[][] column = new double[values.length][];
        for (int row = 0; row < values.length; row++) {
            column[row] = new double[] {values[row]};
        }
        return column;
    }
}
