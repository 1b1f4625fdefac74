package org.lungo.evaluate;

import java.util.Arrays;

/**
 * Points of a curve over all thresholds.
 *
 * @param x [points] ROC: false positive rate; precision-recall: recall
 * @param y [points] ROC: true positive rate; precision-recall: precision
 * @param threshold [points] rows scoring this or more are positive; infinite where none is
 */
public record Curve(double[] x, double[] y, double[] threshold) {
    /**
     * The ROC curve from (0, 0) to (1, 1), one point per distinct score; NaN rates when a class is missing.
     *
     * @param index the positive class or label
     */
    public static Curve roc(Predictions predictions, int index) {
        Sweep sweep = Sweep.of(predictions, index);
        int points = sweep.scores.length + 1;
        Curve curve = new Curve(new double[points], new double[points], new double[points]);
        int last = points - 1;
        for (int i = 0; i < points; i++) {
            curve.x[i] = Confusion.ratio(sweep.negatives[i], sweep.negatives[last]);
            curve.y[i] = Confusion.ratio(sweep.positives[i], sweep.positives[last]);
            curve.threshold[i] = i == 0 ? Double.POSITIVE_INFINITY : sweep.scores[points - 1 - i];
        }
        return curve;
    }

    /**
     * The precision-recall curve from the lowest threshold (recall 1) to (0, 1), as scikit-learn gives it; NaN recall
     * when no row is positive.
     *
     * @param index the positive class or label
     */
    public static Curve precisionRecall(Predictions predictions, int index) {
        Sweep sweep = Sweep.of(predictions, index);
        int points = sweep.scores.length + 1;
        Curve curve = new Curve(new double[points], new double[points], new double[points]);
        for (int i = 0; i < points; i++) {
            int taken = points - 1 - i;
            double seen = sweep.positives[taken] + sweep.negatives[taken];
            curve.x[i] = Confusion.ratio(sweep.positives[taken], sweep.positives[points - 1]);
            curve.y[i] = seen == 0 ? 1 : sweep.positives[taken] / seen;
            curve.threshold[i] = i == points - 1 ? Double.POSITIVE_INFINITY : sweep.scores[i];
        }
        return curve;
    }

    /** About {@code points} points that keep the shape: those closer than a step along the curve are left out. */
    public Curve thin(int points) {
        double step = 2.0 / points;
        int[] kept = new int[x.length];
        int size = 0;
        for (int i = 0; i < x.length; i++) {
            boolean ends = i == 0 || i == x.length - 1;
            if (ends || Math.abs(x[i] - x[kept[size - 1]]) + Math.abs(y[i] - y[kept[size - 1]]) >= step) {
                kept[size++] = i;
            }
        }
        int[] rows = Arrays.copyOf(kept, size);
        return new Curve(pick(x, rows), pick(y, rows), pick(threshold, rows));
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /** {@code positives[i]}, {@code negatives[i]}: rows at or above the i-th highest distinct score; [0] is none. */
    private record Sweep(double[] scores, double[] positives, double[] negatives) {
        static Sweep of(Predictions predictions, int index) {
            Ranks ranks = Ranks.of(predictions.scoresOf(index));
            double[] targets = predictions.targetsOf(index);
            int[] once = Resample.once(targets.length);
            return new Sweep(
                    ranks.values(),
                    fromTheTop(ranks.count(once, Ranks.where(targets, 1))),
                    fromTheTop(ranks.count(once, Ranks.where(targets, 0))));
        }

        private static double[] fromTheTop(long[] counts) {
            double[] sums = new double[counts.length + 1];
            for (int i = 1; i < sums.length; i++) {
                sums[i] = sums[i - 1] + counts[counts.length - i];
            }
            return sums;
        }
    }
}
