package org.lungo.preprocess;

import java.util.Arrays;

/** Empirical quantiles and the normal distribution's. */
final class Quantiles {
    /** Ranks nearer to 0 or 1 are moved here, as scikit-learn's QuantileTransformer does. */
    private static final double EDGE = 1e-7;

    private Quantiles() {}

    /** The {@code share} quantile by linear interpolation (type 7 of Hyndman and Fan 1996, NumPy's default). */
    static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Quantiles in equal steps from 0 to 1. */
    static double[] knots(double[] sorted, int most) {
        double[] knots = new double[Math.max(2, Math.min(most, sorted.length))];
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

    /** The normal quantile. Acklam's rational approximation, relative error below 1.15e-9. */
    static double normal(double share) {
        double p = Math.min(Math.max(share, EDGE), 1 - EDGE);
        if (p > 0.5) {
            return -normal(1 - p);
        }
        if (p < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(p));
            return polynomial(q, TAIL_UP) / polynomial(q, TAIL_DOWN);
        }
        double q = p - 0.5;
        double r = q * q;
        return polynomial(r, CENTRE_UP) * q / polynomial(r, CENTRE_DOWN);
    }

    private static double polynomial(double x, double... coefficients) {
        return Arrays.stream(coefficients).reduce(0, (sum, coefficient) -> sum * x + coefficient);
    }

    private static final double[] CENTRE_UP = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] CENTRE_DOWN = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] TAIL_UP = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] TAIL_DOWN = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };
}
