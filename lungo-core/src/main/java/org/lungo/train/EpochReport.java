package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of one epoch. In JSON the metrics stand next to the other values.
 *
 * @param epoch from 1
 * @param step the number of optimiser steps so far
 * @param loss the mean training loss
 * @param valLoss the validation loss
 * @param learningRate of the last step
 * @param best whether the monitored value is the best so far
 * @param metrics of the validation rows, such as {@code val_accuracy}
 */
public record EpochReport(
        int epoch,
        long step,
        double loss,
        @JsonProperty("val_loss") double valLoss,
        @JsonProperty("lr") double learningRate,
        boolean best,
        @JsonAnySetter @JsonAnyGetter Map<String, Double> metrics) {
    /** The name of {@link #valLoss} where a value is chosen by name. */
    public static final String VAL_LOSS = "val_loss";

    /** What the names of values of the validation rows begin with. */
    public static final String VALIDATION = "val_";

    public EpochReport {
        metrics = metrics == null ? Map.of() : new LinkedHashMap<>(metrics);
    }

    /** The same epoch, the best so far. */
    EpochReport asBest() {
        return new EpochReport(epoch, step, loss, valLoss, learningRate, true, metrics);
    }

    /** The validation loss or a metric, by name; NaN when there is none. */
    public double value(String name) {
        return name.equals(VAL_LOSS) ? valLoss : metrics.getOrDefault(name, Double.NaN);
    }
}
