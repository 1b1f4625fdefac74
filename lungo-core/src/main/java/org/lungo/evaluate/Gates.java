package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bars that a model must reach before it may be used: {@code f1: ">=0.80"}. */
public final class Gates {
    private static final Pattern FORM =
            Pattern.compile("\\s*(>=|<=|>|<)\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*");

    private final Map<String, Bar> bars;

    private Gates(Map<String, Bar> bars) {
        this.bars = bars;
    }

    /**
     * What a model reached of a bar.
     *
     * @param required the bar as it was written
     * @param value what came; null when the metric is undefined or was not computed
     */
    public record Outcome(
            String metric, String required, @Nullable Double value, boolean passed) {
        /** {@code f1 must be >=0.80. Received: 0.79}. */
        public String message() {
            return metric + " must be " + required + ". Received: " + (value == null ? "no value" : value);
        }
    }

    private record Bar(String text, String comparison, double bound) {
        boolean holds(double value) {
            return switch (comparison) {
                case ">=" -> value >= bound;
                case "<=" -> value <= bound;
                case ">" -> value > bound;
                default -> value < bound;
            };
        }
    }

    /**
     * Reads bars.
     *
     * @param texts from metric name to {@code >=}, {@code >}, {@code <=} or {@code <} and a number
     * @throws IllegalArgumentException for an unknown metric or another form
     */
    public static Gates parse(Map<String, String> texts) {
        texts.keySet().forEach(Metrics::named);
        return parse(texts, texts.keySet());
    }

    /**
     * Reads bars for metrics of another family than tables.
     *
     * @param known what is measured
     * @throws IllegalArgumentException for an unknown metric or another form
     */
    public static Gates parse(Map<String, String> texts, Collection<String> known) {
        Map<String, Bar> bars = new LinkedHashMap<>();
        texts.forEach((metric, text) -> {
            if (!known.contains(metric)) {
                throw new IllegalArgumentException(
                        "gates must be for " + String.join(", ", new TreeSet<>(known)) + ". Received: " + metric);
            }
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("gate '" + metric
                        + "' must be a comparison and a number, such as \">=0.80\" or \"<60\". Received: \"" + text
                        + "\"");
            }
            bars.put(metric, new Bar(text.strip(), form.group(1), Double.parseDouble(form.group(2))));
        });
        return new Gates(bars);
    }

    /** The metrics that must be computed. */
    public List<String> metrics() {
        return List.copyOf(bars.keySet());
    }

    /** What {@code values} reach of every bar; an undefined or missing value reaches none. */
    public List<Outcome> outcomes(Map<String, Double> values) {
        List<Outcome> outcomes = new ArrayList<>();
        bars.forEach((metric, bar) -> {
            @Nullable Double value = values.get(metric);
            boolean defined = value != null && !value.isNaN();
            outcomes.add(new Outcome(
                    metric, bar.text(), defined ? value : null, value != null && defined && bar.holds(value)));
        });
        return outcomes;
    }

    /** The form in {@code metrics.json}, by metric. */
    static Map<String, Object> toMap(List<Outcome> outcomes) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            Map<String, @Nullable Object> gate = new LinkedHashMap<>();
            gate.put("required", outcome.required());
            gate.put("value", outcome.value() == null ? null : Json.number(outcome.value()));
            gate.put("passed", outcome.passed());
            map.put(outcome.metric(), gate);
        }
        return map;
    }
}
