package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the values of a model of texts are read against: how uncertain they are, and what needs no network.
 *
 * @param intervals the 95% interval of each metric that has one, by name
 * @param baseline the same metrics of something simple, by name, as far as they can be had
 */
public record Yardstick(Map<String, Interval> intervals, Map<String, Double> baseline) {
    /** Nothing to read values against. */
    public static final Yardstick NONE = new Yardstick(Map.of(), Map.of());

    /** Leaves out intervals that are undefined or without end. */
    public Yardstick {
        Map<String, Interval> defined = new LinkedHashMap<>();
        intervals.forEach((metric, interval) -> {
            if (Double.isFinite(interval.low()) && Double.isFinite(interval.high())) {
                defined.put(metric, interval);
            }
        });
        intervals = defined;
        baseline = new LinkedHashMap<>(baseline);
    }

    /**
     * What {@code metrics.json} holds of it; runs of earlier versions have no intervals.
     *
     * @throws tools.jackson.core.JacksonException when an interval has not two ends
     */
    public static Yardstick stored(JsonNode metrics) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        metrics.path("intervals")
                .forEachEntry((name, ends) -> intervals.put(
                        name,
                        new Interval(
                                ends.required(0).asDouble(), ends.required(1).asDouble())));
        Map<String, Double> baseline = new LinkedHashMap<>();
        metrics.path("baseline")
                .forEachEntry((name, value) -> baseline.put(name, value.isNull() ? Double.NaN : value.asDouble()));
        return new Yardstick(intervals, baseline);
    }

    /**
     * The interval of a metric to be put behind its value: {@code  (0.795 to 0.829)}, with the space; empty where there is
     * none.
     */
    public String range(String metric, int decimals) {
        Interval interval = intervals.getOrDefault(metric, Interval.UNDEFINED);
        String number = "%." + decimals + "f";
        return interval.isDefined()
                ? String.format(Locale.ROOT, " (" + number + " to " + number + ")", interval.low(), interval.high())
                : "";
    }

    /** What the numbers in parentheses are, behind a line's end; empty without intervals. */
    public String note() {
        return intervals.isEmpty() ? "" : System.lineSeparator() + "in parentheses: 95% intervals";
    }

    /**
     * The same and what the baseline reaches, each behind a line's end; empty without both.
     *
     * @param answer what the baseline does, in words
     */
    public String note(String answer) {
        return baseline.isEmpty()
                ? note()
                : note() + System.lineSeparator() + "baseline, " + answer + ": "
                        + baseline.entrySet().stream()
                                .map(value -> value.getKey() + " " + ReportWords.number(value.getValue()))
                                .collect(Collectors.joining(", "));
    }
}
