package org.lungo.tensor;

/** Checks of arguments; every message says what was expected and what came. */
public final class Check {
    private Check() {}

    /** Throws unless {@code condition} holds; {@code expectation} is a full sentence without the final stop. */
    public static void that(boolean condition, String expectation, Object received) {
        if (!condition) {
            throw new IllegalArgumentException(expectation + ". Received: " + received);
        }
    }

    /** Returns {@code value} when it is at least 1. */
    public static long positive(String name, long value) {
        that(value >= 1, name + " must be at least 1", value);
        return value;
    }

    /** Returns {@code value} when it is a finite number of at least 0. */
    public static double notNegative(String name, double value) {
        that(Double.isFinite(value) && value >= 0, name + " must be a finite number of at least 0", value);
        return value;
    }

    /** Returns {@code value} when it is a finite number above 0. */
    public static double positive(String name, double value) {
        that(Double.isFinite(value) && value > 0, name + " must be a finite number above 0", value);
        return value;
    }

    /** Returns {@code value} when it lies in [min, max]. */
    public static double between(String name, double value, double min, double max) {
        that(value >= min && value <= max, name + " must lie between " + min + " and " + max, value);
        return value;
    }

    /** Throws unless {@code divisor} divides {@code number}. */
    public static void divides(String divisorName, long divisor, String numberName, long number) {
        that(
                divisor > 0 && number % divisor == 0,
                numberName + " must be divisible by " + divisorName,
                numberName + "=" + number + ", " + divisorName + "=" + divisor);
    }
}
