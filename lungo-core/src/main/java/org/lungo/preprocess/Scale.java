package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** How numbers are scaled. */
public enum Scale {
    /** Unchanged. */
    @JsonProperty("none")
    NONE,
    /** Mean 0, standard deviation 1. */
    @JsonProperty("standard")
    STANDARD,
    /** The training rows' smallest value becomes 0, their largest 1. */
    @JsonProperty("min_max")
    MIN_MAX,
    /** Median 0, distance between the quartiles 1, then {@code x / sqrt(1 + (x/3)^2)}. */
    @JsonProperty("robust")
    ROBUST,
    /** The training rows become normally distributed: the normal quantile of their empirical distribution function. */
    @JsonProperty("quantile")
    QUANTILE;

    private static final int MAX_KNOTS = 1000;

    /** Learns the scaling of {@code values}, which are sorted, finite and at least one. */
    Scaling fit(double... sorted) {
        double first = sorted[0];
        double last = sorted[sorted.length - 1];
        return switch (this) {
            case NONE -> new Scaling(this, 0, 1, new double[0]);
            case MIN_MAX -> new Scaling(this, first, orOne(last - first), new double[0]);
            case STANDARD -> standard(sorted);
            case ROBUST -> robust(sorted);
            case QUANTILE -> new Scaling(this, 0, 1, Quantiles.knots(sorted, MAX_KNOTS));
        };
    }

    private Scaling standard(double... sorted) {
        double mean = Arrays.stream(sorted).average().orElse(0);
        double variance = Arrays.stream(sorted)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        return new Scaling(this, mean, orOne(Math.sqrt(variance)), new double[0]);
    }

    /** Holzmueller, Grinsztajn and Steinwart 2024, RealMLP, arXiv:2407.04491, section 3.1. */
    private Scaling robust(double... sorted) {
        double iqr = Quantiles.at(sorted, 0.75) - Quantiles.at(sorted, 0.25);
        double width = iqr > 0 ? iqr : (sorted[sorted.length - 1] - sorted[0]) / 2;
        return new Scaling(this, Quantiles.at(sorted, 0.5), orOne(width), new double[0]);
    }

    private static double orOne(double width) {
        return width > 0 && Double.isFinite(width) ? width : 1;
    }

    /** The name in configuration files, for example {@code min_max}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
