package org.lungo.preprocess;

/** Empirical quantiles. */
final class Quantiles {
    private Quantiles() {}

    /** The {@code share} quantile by linear interpolation (type 7 of Hyndman and Fan 1996, NumPy's default). */
    static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Quantiles in equal steps from 0 to 1. */
    static double[] knots(double[] sorted, int maxKnots) {
        double[] knots = new double[Math.max(2, Math.min(maxKnots, sorted.length))];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = at(sorted, i / (knots.length - 1.0));
        }
        return knots;
    }

    /** Where {@code x} stands among {@code knots}, from 0 to 1; the middle of its places when it occurs several times. */
    static double rank(double[] knots, double x) {
        int first = firstAtLeast(knots, x);
        int last = firstAbove(knots, x);
        double steps = knots.length - 1;
        if (last > first) {
            return first == 0 ? 0 : last == knots.length ? 1 : (first + last - 1) / 2.0 / steps;
        }
        if (first == 0 || first == knots.length) {
            return first == 0 ? 0 : 1;
        }
        double share = (x - knots[first - 1]) / (knots[first] - knots[first - 1]);
        return (first - 1 + share) / steps;
    }

    private static int firstAtLeast(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int firstAbove(double[] sorted, double x) {
        return firstAtLeast(sorted, Math.nextUp(x));
    }
}
