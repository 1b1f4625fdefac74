package org.lungo.evaluate;

/** Which way a metric improves. Errors are shown as errors, never negated. */
public enum Direction {
    /** A larger value is better: accuracy, f1, r2. */
    HIGHER,
    /** A smaller value is better: log_loss, rmse. */
    LOWER;

    /** True when {@code value} is better than {@code other}; a NaN is never better, and anything is better than one. */
    public boolean isBetter(double value, double other) {
        if (Double.isNaN(value)) {
            return false;
        }
        return Double.isNaN(other) || (this == HIGHER ? value > other : value < other);
    }

    /** How much worse {@code value} is than {@code reference}, positive when it is worse. */
    public double loss(double reference, double value) {
        return this == HIGHER ? reference - value : value - reference;
    }
}
