package org.lungo.evaluate;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lungo.data.Task;

/**
 * A metric of the decisions alone, computed from the confusion matrix.
 *
 * @param formula the value for binary and multiclass
 * @param multilabel the value for multilabel, by default the mean of {@code formula} over the labels for
 *     which it is defined, each label being a binary task of its own
 */
record DecisionMetric(
        String name,
        Direction direction,
        Set<Task> tasks,
        ToDoubleFunction<Confusion> formula,
        Function<Predictions, Counted> multilabel)
        implements Metric {
    static final Set<Task> SINGLE = Set.of(Task.BINARY, Task.MULTICLASS);
    static final Set<Task> ALL = Set.of(Task.BINARY, Task.MULTICLASS, Task.MULTILABEL);

    DecisionMetric(String name, Direction direction, Set<Task> tasks, ToDoubleFunction<Confusion> formula) {
        this(name, direction, tasks, formula, predictions -> meanOverLabels(predictions, formula));
    }

    @Override
    public double of(Predictions predictions) {
        return counted(predictions).of(Resample.once(predictions.rows()));
    }

    @Override
    public Counted counted(Predictions predictions) {
        requireTask(predictions.task());
        if (predictions.task() == Task.MULTILABEL) {
            return multilabel.apply(predictions);
        }
        Confusion.Cells cells = Confusion.Cells.of(predictions);
        return counts -> formula.applyAsDouble(cells.count(counts));
    }

    /** The share of right decisions; for multilabel, of rows whose every label is decided right. */
    static Metric accuracy() {
        ToDoubleFunction<Confusion> formula = matrix -> Confusion.ratio(matrix.correct(), matrix.total());
        return new DecisionMetric("accuracy", Direction.HIGHER, ALL, formula, predictions -> {
            double[] perRow = new double[predictions.rows()];
            for (int row = 0; row < perRow.length; row++) {
                perRow[row] = allRight(predictions, row) ? 1 : 0;
            }
            return Counted.mean(perRow);
        });
    }

    /** The mean recall of the classes that occur (Brodersen et al. 2010); NaN when only one does. */
    static Metric balancedAccuracy() {
        return new DecisionMetric("balanced_accuracy", Direction.HIGHER, SINGLE, matrix -> {
            return oneClass(matrix) ? Double.NaN : matrix.macro(matrix::recall);
        });
    }

    static Metric precision() {
        return new DecisionMetric(
                "precision", Direction.HIGHER, ALL, matrix -> matrix.positiveOrMacro(matrix::precision));
    }

    static Metric recall() {
        return new DecisionMetric("recall", Direction.HIGHER, ALL, matrix -> matrix.positiveOrMacro(matrix::recall));
    }

    static Metric fbeta(String name, double beta) {
        return new DecisionMetric(
                name, Direction.HIGHER, ALL, matrix -> matrix.positiveOrMacro(c -> matrix.fbeta(c, beta)));
    }

    static Metric jaccard() {
        return new DecisionMetric("jaccard", Direction.HIGHER, ALL, matrix -> matrix.positiveOrMacro(matrix::jaccard));
    }

    /** The share of wrong decisions; for multilabel, of wrong label decisions. */
    static Metric hammingLoss() {
        ToDoubleFunction<Confusion> formula = matrix -> 1 - Confusion.ratio(matrix.correct(), matrix.total());
        return new DecisionMetric("hamming_loss", Direction.LOWER, ALL, formula);
    }

    /**
     * Matthews correlation for any number of classes: Gorodkin 2004, "Comparing two K-category assignments by a
     * K-category correlation coefficient". 0 when one class is always decided, NaN when the targets hold one class.
     */
    static Metric matthews() {
        return new DecisionMetric("mcc", Direction.HIGHER, SINGLE, matrix -> {
            double total = matrix.total();
            double joint = 0;
            double decided = 0;
            double actual = 0;
            for (int c = 0; c < matrix.size(); c++) {
                joint += (double) matrix.support(c) * matrix.decided(c);
                decided += Math.pow(matrix.decided(c), 2);
                actual += Math.pow(matrix.support(c), 2);
            }
            if (oneClass(matrix)) {
                return Double.NaN;
            }
            double scale = Math.sqrt(total * total - decided) * Math.sqrt(total * total - actual);
            return scale == 0 ? 0 : (matrix.correct() * total - joint) / scale;
        });
    }

    /** Agreement beyond chance: Cohen 1960. NaN when chance alone agrees always. */
    static Metric kappa() {
        return new DecisionMetric("cohen_kappa", Direction.HIGHER, SINGLE, matrix -> {
            double total = matrix.total();
            double chance = 0;
            for (int c = 0; c < matrix.size(); c++) {
                chance += matrix.support(c) / total * (matrix.decided(c) / total);
            }
            return Confusion.ratio(matrix.correct() / total - chance, 1 - chance);
        });
    }

    private static Counted meanOverLabels(Predictions predictions, ToDoubleFunction<Confusion> formula) {
        List<Counted> labels = Confusion.Cells.ofLabels(predictions).stream()
                .<Counted>map(cells -> counts -> ofLabel(cells.count(counts), formula))
                .toList();
        return Averages.defined(labels);
    }

    /** A label that has rows but was never decided counts as 0, as in {@link Confusion#macro}. */
    private static double ofLabel(Confusion label, ToDoubleFunction<Confusion> formula) {
        double value = formula.applyAsDouble(label);
        return Double.isNaN(value) && label.support(1) > 0 ? 0 : value;
    }

    private static boolean allRight(Predictions predictions, int row) {
        for (int label = 0; label < predictions.width(); label++) {
            boolean decided = predictions.scores()[row][label] >= predictions.threshold();
            if (decided != (predictions.targets()[row][label] == 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean oneClass(Confusion matrix) {
        long total = matrix.total();
        for (int c = 0; c < matrix.size(); c++) {
            if (matrix.support(c) == total) {
                return true;
            }
        }
        return false;
    }
}
