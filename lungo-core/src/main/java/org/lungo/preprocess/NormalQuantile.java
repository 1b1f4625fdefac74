package org.lungo.preprocess;

import java.util.Arrays;
import java.util.List;

/**
 * The quantile function of the normal distribution: Acklam's rational approximation (2003), relative error below 1.15e-9.
 * Its coefficients are open to those who compute it elsewhere, the highest power first.
 */
public final class NormalQuantile {
    /** Shares nearer to 0 or 1 are moved here, as scikit-learn's QuantileTransformer does. */
    public static final double EDGE = 1e-7;

    /** Where the approximation of the tails begins. */
    public static final double TAIL = 0.02425;

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

    private NormalQuantile() {}

    /** The value below which a standard normal number is with probability {@code share}. */
    public static double of(double share) {
        double p = Math.min(Math.max(share, EDGE), 1 - EDGE);
        if (p > 0.5) {
            return -of(1 - p);
        }
        if (p < TAIL) {
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

    /** Of the numerator in the centre, in {@code (p - 0.5)^2}; times {@code p - 0.5}. */
    public static List<Double> centreUp() {
        return list(CENTRE_UP);
    }

    /** Of the denominator in the centre, in {@code (p - 0.5)^2}. */
    public static List<Double> centreDown() {
        return list(CENTRE_DOWN);
    }

    /** Of the numerator in the lower tail, in {@code sqrt(-2 log p)}. */
    public static List<Double> tailUp() {
        return list(TAIL_UP);
    }

    /** Of the denominator in the lower tail, in {@code sqrt(-2 log p)}. */
    public static List<Double> tailDown() {
        return list(TAIL_DOWN);
    }

    private static List<Double> list(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
