package org.lungo.family.tables.training;

import java.util.function.Supplier;
import org.lungo.evaluate.Metrics;
import org.lungo.evaluate.Predictions;
import org.lungo.evaluate.Threshold;

/**
 * How the threshold of a decision between two classes is found.
 *
 * @param fixed the threshold, or NaN when it is chosen
 * @param metric what it is chosen by, empty when it is fixed
 */
record ThresholdRule(double fixed, String metric) {
    static final String DEFAULT = "default";

    /** Reads {@code default}, a number, {@code f1}, {@code mcc} or {@code youden}. */
    static ThresholdRule of(String text) {
        return switch (text) {
            case DEFAULT -> new ThresholdRule(Predictions.EVEN_THRESHOLD, "");
            case "f1", "mcc" -> new ThresholdRule(Double.NaN, text);
            // Youden 1950: sensitivity + specificity - 1, which is twice the balanced accuracy less 1.
            case "youden" -> new ThresholdRule(Double.NaN, "balanced_accuracy");
            default -> new ThresholdRule(number(text), "");
        };
    }

    private static double number(String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "threshold must be default, f1, mcc, youden or a number between 0 and 1. Received: " + text);
        }
        return value;
    }

    /**
     * The threshold.
     *
     * @param validation what the model says about the validation rows; asked only when it must be chosen
     */
    double choose(Supplier<Predictions> validation) {
        return metric.isEmpty()
                ? fixed
                : Threshold.best(validation.get(), Metrics.named(metric)).value();
    }
}
