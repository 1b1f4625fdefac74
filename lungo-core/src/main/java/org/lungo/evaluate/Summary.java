package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every family says of a measurement in the same form.
 *
 * @param family such as {@code translation}
 * @param task what was asked of the model, such as {@code next_token}
 * @param rows how many were measured
 * @param unit what they are, in the plural: {@code texts}
 * @param metrics the values by name, the headline first
 * @param direction which way the headline improves
 * @param yardstick the intervals of the metrics, and what an answer without a network reaches
 */
public record Summary(
        String family,
        String task,
        long rows,
        String unit,
        Map<String, Double> metrics,
        Direction direction,
        Yardstick yardstick) {
    public Summary {
        metrics = new LinkedHashMap<>(metrics);
    }

    /** The first of the metrics. */
    public String headline() {
        return metrics.keySet().iterator().next();
    }

    /** Whether the headline is better than the baseline beyond doubt; null when that cannot be said. */
    @Nullable
    Boolean beatsBaseline() {
        return interval(headline()).beats(baseline(headline()), direction);
    }

    /** The 95% interval of a metric. */
    Interval interval(String metric) {
        return yardstick.intervals().getOrDefault(metric, Interval.UNDEFINED);
    }

    /** What an answer without a network reaches; NaN where there is none. */
    double baseline(String metric) {
        return yardstick.baseline().getOrDefault(metric, Double.NaN);
    }
}
