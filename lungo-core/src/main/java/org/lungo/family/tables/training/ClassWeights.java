package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How much the rows of each class count in the loss. */
public enum ClassWeights {
    /** All the same. */
    @JsonProperty("none")
    NONE,
    /** So that every class counts the same: {@code rows / (classes * rows of the class)}, as scikit-learn's "balanced". */
    @JsonProperty("balanced")
    BALANCED;

    /**
     * The weight of each class.
     *
     * @param counts how many training rows each class has, each above 0
     */
    double[] of(long... counts) {
        double[] weights = new double[counts.length];
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] = this == NONE ? 1 : rows / ((double) counts.length * counts[c]);
        }
        return weights;
    }

    /** The name in configuration files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
