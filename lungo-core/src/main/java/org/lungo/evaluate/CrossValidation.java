package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * The metrics of each fold, their mean and their spread. The caller makes the folds and refits everything that learns
 * from data, preprocessing included, inside each of them.
 *
 * @param folds metric values by name, one map per fold
 * @param mean over the folds on which a metric is defined; NaN when there is none
 * @param std sample standard deviation (divisor folds - 1) over the same folds; NaN for fewer than two
 */
public record CrossValidation(List<Map<String, Double>> folds, Map<String, Double> mean, Map<String, Double> std) {
    /**
     * Evaluates {@code k} folds one after the other.
     *
     * @param fold makes the predictions for the held-out rows of fold 0 to k - 1
     */
    public static CrossValidation run(int k, IntFunction<Predictions> fold, Collection<Metric> metrics) {
        if (k < 2) {
            throw new IllegalArgumentException("cross-validation needs two folds or more. Received: " + k);
        }
        List<Map<String, Double>> folds = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            folds.add(Metrics.of(fold.apply(i), metrics));
        }
        return of(folds);
    }

    /** Summarises folds evaluated elsewhere. */
    public static CrossValidation of(List<Map<String, Double>> folds) {
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> std = new LinkedHashMap<>();
        for (String metric : folds.get(0).keySet()) {
            double[] values = folds.stream()
                    .mapToDouble(fold -> fold.getOrDefault(metric, Double.NaN))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            Spread spread = Spread.of(values);
            mean.put(metric, spread.mean());
            std.put(metric, spread.std());
        }
        return new CrossValidation(List.copyOf(folds), mean, std);
    }

    /** What to know when reading the means: the metrics that are undefined on some folds. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        for (String metric : mean.keySet()) {
            long undefined = folds.stream()
                    .filter(fold -> fold.getOrDefault(metric, Double.NaN).isNaN())
                    .count();
            if (undefined > 0) {
                notices.add(metric + " is undefined on " + undefined + " of " + folds.size()
                        + " folds; its mean is over the others");
            }
        }
        return notices;
    }

    /** For a terminal: a heading, then a line for each metric with its mean and deviation, and the notices. */
    public String toText() {
        StringBuilder text = new StringBuilder(heading());
        mean.forEach((name, value) -> text.append(
                line(name, EvaluationText.number(value), EvaluationText.number(std.getOrDefault(name, Double.NaN)))));
        notices().forEach(notice -> text.append("notice: ").append(notice).append('\n'));
        return text.toString();
    }

    private String heading() {
        return line(folds.size() + "-fold cross-validation", "mean", "deviation");
    }

    private static String line(String name, String mean, String deviation) {
        return String.format(Locale.ROOT, "%-24s %10s %10s\n", name, mean, deviation);
    }

    /**
     * What {@link #toMap} gave.
     *
     * @throws tools.jackson.core.JacksonException when a part is missing
     */
    public static CrossValidation stored(JsonNode node) {
        List<Map<String, Double>> folds = new ArrayList<>();
        node.required("folds").forEach(fold -> folds.add(EvaluationReader.numbers(fold)));
        return new CrossValidation(
                folds, EvaluationReader.numbers(node.required("mean")), EvaluationReader.numbers(node.required("std")));
    }

    /** The form in {@code metrics.json}: {@code folds}, {@code mean}, {@code std}; undefined values are null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("folds", folds.stream().map(Json::numbers).toList());
        map.put("mean", Json.numbers(mean));
        map.put("std", Json.numbers(std));
        return map;
    }
}
