package org.lungo.evaluate;

import java.util.Arrays;

/** Mean and sample standard deviation (divisor n - 1); NaN where there are too few values. */
record Spread(double mean, double std) {
    static Spread of(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
    }
}
