package org.lungo.preprocess;

/**
 * A learned scale: {@code (x - center) / width}, and what the kind adds to it.
 *
 * @param knots for {@link Scale#QUANTILE} the training rows' quantiles in equal steps from 0 to 1
 */
public record Scaling(Scale kind, double center, double width, double[] knots) {
    /** The scaled value of a finite number. */
    public double apply(double x) {
        double z = (x - center) / width;
        return switch (kind) {
            case NONE, STANDARD, MIN_MAX -> z;
            case ROBUST -> z / Math.sqrt(1 + z * z / 9);
            case QUANTILE -> NormalQuantile.of(Quantiles.rank(knots, x));
        };
    }
}
