package org.lungo.preprocess;

import java.util.Arrays;

/** Scalings written down a second time, the slow and plain way. */
final class Formulas {
    private Formulas() {}

    /** The normal distribution's quantile: bisection on its distribution function. */
    static double normalQuantile(double share) {
        if (share > 0.5) {
            return -normalQuantile(1 - share);
        }
        double p = Math.max(share, 1e-7);
        double low = -6;
        double high = 0;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (tail(-middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The chance of a normal number above {@code x}: near 0 its Taylor series, else Laplace's continued fraction. */
    private static double tail(double x) {
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x > 2.5) {
            double fraction = x;
            for (int i = 200; i > 0; i--) {
                fraction = x + i / fraction;
            }
            return density / fraction;
        }
        double term = x;
        double sum = x;
        for (int i = 1; i < 100; i++) {
            term *= x * x / (2 * i + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }

    /**
     * The rank of {@code x} as scikit-learn's QuantileTransformer defines it: the mean of the interpolation from the left
     * and from the right, 0 and 1 at the ends.
     */
    static double rank(double[] knots, double x) {
        if (x <= knots[0]) {
            return 0;
        }
        if (x >= knots[knots.length - 1]) {
            return 1;
        }
        double[] mirrored = new double[knots.length];
        for (int i = 0; i < knots.length; i++) {
            mirrored[i] = -knots[knots.length - 1 - i];
        }
        return (interpolated(knots, x) + 1 - interpolated(mirrored, -x)) / 2;
    }

    /** The place of {@code x} from 0 to 1, seen from the last knot that is not above it. */
    private static double interpolated(double[] knots, double x) {
        int below = 0;
        for (int i = 0; i < knots.length; i++) {
            below = knots[i] <= x ? i : below;
        }
        double share = (x - knots[below]) / (knots[below + 1] - knots[below]);
        return (below + share) / (knots.length - 1);
    }

    static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double deviation(double... values) {
        double mean = mean(values);
        return Math.sqrt(
                mean(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray()));
    }
}
