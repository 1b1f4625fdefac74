package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * A bar that was not reached.
     *
     * @param value what came; null when the metric is undefined or was not computed
     */
    public record Failure(
            String metric, String required, @Nullable Double value) {
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
        Map<String, Bar> bars = new LinkedHashMap<>();
        texts.forEach((metric, text) -> {
            Metrics.named(metric);
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

    /** The bars as they were written, by metric. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        bars.forEach((metric, bar) -> texts.put(metric, bar.text()));
        return texts;
    }

    /** The bars that {@code values} do not reach; an undefined or missing value reaches none. */
    public List<Failure> check(Map<String, Double> values) {
        List<Failure> failures = new ArrayList<>();
        bars.forEach((metric, bar) -> {
            @Nullable Double value = values.get(metric);
            if (value == null || value.isNaN()) {
                failures.add(new Failure(metric, bar.text(), null));
            } else if (!bar.holds(value)) {
                failures.add(new Failure(metric, bar.text(), value));
            }
        });
        return failures;
    }
}
