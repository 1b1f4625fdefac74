package org.lungo.evaluate;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.lungo.data.Task;

/**
 * The probability from which on a binary decision is positive, chosen on validation predictions (never on the test
 * rows). Every distinct score is tried in one sweep; of equally good ones the nearest to 0.5 wins.
 *
 * @param value rows scoring this or more are positive; above 1 when no row should be
 * @param score the metric (or mean cost per row) it reaches on the rows it was chosen on
 */
public record Threshold(double value, double score) {
    /**
     * What the four outcomes cost per row; a gain is negative.
     *
     * @param falsePositive a negative row decided positive
     * @param falseNegative a positive row decided negative
     */
    public record Costs(double trueNegative, double falsePositive, double falseNegative, double truePositive) {}

    /**
     * The best threshold for a metric of decisions such as {@code f1}, {@code accuracy} or {@code mcc}.
     *
     * @throws IllegalArgumentException when the task is not binary or the metric does not depend on the threshold
     */
    public static Threshold best(Predictions validation, Metric metric) {
        if (!(metric instanceof DecisionMetric decisions)) {
            throw new IllegalArgumentException(
                    "a threshold can be chosen for a metric of decisions, such as f1, accuracy" + " or mcc. Received: "
                            + metric.name() + ", which does not depend on it");
        }
        return search(validation, decisions.formula(), decisions.direction());
    }

    /** The threshold with the lowest cost. */
    public static Threshold cheapest(Predictions validation, Costs costs) {
        ToDoubleFunction<Confusion> mean = matrix -> {
            long[][] counts = matrix.counts();
            double sum = costs.trueNegative * counts[0][0]
                    + costs.falsePositive * counts[0][1]
                    + costs.falseNegative * counts[1][0]
                    + costs.truePositive * counts[1][1];
            return sum / matrix.total();
        };
        return search(validation, mean, Direction.LOWER);
    }

    private static Threshold search(Predictions validation, ToDoubleFunction<Confusion> score, Direction direction) {
        if (validation.task() != Task.BINARY) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "a threshold is chosen for a binary task. Received: %s", validation.task()));
        }
        Ranks ranks = Ranks.of(validation.scoresOf(1));
        double[] targets = validation.targetsOf(1);
        int[] once = Resample.once(targets.length);
        long[] positives = ranks.count(once, Ranks.where(targets, 1));
        long[] negatives = ranks.count(once, Ranks.where(targets, 0));
        // At the lowest score every row is decided positive; going up, the rows of one score after the other leave.
        Confusion matrix = new Confusion(new long[2][2]);
        for (int g = 0; g < positives.length; g++) {
            matrix.counts()[0][1] += negatives[g];
            matrix.counts()[1][1] += positives[g];
        }
        Threshold best = new Threshold(Predictions.EVEN_THRESHOLD, Double.NaN);
        for (int g = 0; g <= positives.length; g++) {
            double value = between(ranks.values(), g);
            best = better(new Threshold(value, score.applyAsDouble(matrix)), best, direction);
            if (g < positives.length) {
                matrix.counts()[0][1] -= negatives[g];
                matrix.counts()[0][0] += negatives[g];
                matrix.counts()[1][1] -= positives[g];
                matrix.counts()[1][0] += positives[g];
            }
        }
        return best;
    }

    private static Threshold better(Threshold one, Threshold other, Direction direction) {
        if (one.score == other.score) {
            double even = Predictions.EVEN_THRESHOLD;
            return Math.abs(one.value - even) < Math.abs(other.value - even) ? one : other;
        }
        return direction.isBetter(one.score, other.score) ? one : other;
    }

    /**
     * A cut in the middle of two neighbouring scores, which is safer on new rows than a score itself; 0.5 when it lies
     * between the two.
     */
    private static double between(double[] scores, int g) {
        double even = Predictions.EVEN_THRESHOLD;
        if (g == scores.length) {
            return scores[g - 1] < even ? even : Math.max(Math.nextUp(scores[g - 1]), (scores[g - 1] + 1) / 2);
        }
        double below = g == 0 ? 0 : scores[g - 1];
        if (below < even && even <= scores[g]) {
            return even;
        }
        double middle = (below + scores[g]) / 2;
        return middle > below ? middle : scores[g];
    }
}
