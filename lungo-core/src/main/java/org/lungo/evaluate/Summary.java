package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every family says of a measurement in the same form.
 *
 * @param family such as {@code translation}
 * @param task what was asked of the model, such as {@code next_token}
 * @param rows how many were measured
 * @param unit what they are, in the plural: {@code texts}
 * @param metrics the values by name, the headline first
 * @param baseline the metrics of an answer without a model, by name; none where there is no simple answer
 * @param intervals the 95% intervals of those that have one, by name
 */
public record Summary(
        String family,
        String task,
        long rows,
        String unit,
        Map<String, Double> metrics,
        Map<String, Double> baseline,
        Map<String, Interval> intervals) {
    public Summary {
        metrics = new LinkedHashMap<>(metrics);
        baseline = new LinkedHashMap<>(baseline);
        intervals = new LinkedHashMap<>(intervals);
    }
}
