package org.lungo.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Percentile intervals: rows are drawn with replacement, each metric is computed on every draw, and the middle
 * {@code confidence} of its values is the interval. Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
 * section 13.3. Draws on which a metric is undefined are left out; when more than half are, there is no interval.
 *
 * @param resamples how often to draw
 * @param confidence the share of values inside, 0.95 by default
 * @param seed the same seed gives the same intervals
 */
public record Bootstrap(int resamples, double confidence, long seed) {
    /** 1000 draws, 95%. */
    public static final Bootstrap STANDARD = new Bootstrap(1000, 0.95, 42);

    public Bootstrap {
        if (resamples < 1 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "a bootstrap needs one resample or more and a confidence between 0 and 1." + " Received: resamples="
                            + resamples + ", confidence=" + confidence);
        }
    }

    /** The interval of each metric, by name. */
    public Map<String, Interval> intervals(Predictions predictions, Collection<Metric> metrics) {
        Map<String, Counted> prepared = new LinkedHashMap<>();
        metrics.forEach(metric -> prepared.put(metric.name(), metric.counted(predictions)));
        return draw(predictions.rows(), prepared);
    }

    /**
     * The interval of each metric, by name; undefined with fewer than two units, whose draws do not differ. All metrics see
     * the same draws.
     *
     * @param units how many are drawn from: sentences, pairs of texts, windows of a text
     * @param metrics each a function of how often every unit was drawn, [units]
     */
    public Map<String, Interval> intervals(int units, Map<String, Counted> metrics) {
        if (units < 2) {
            Map<String, Interval> none = new LinkedHashMap<>();
            metrics.keySet().forEach(metric -> none.put(metric, Interval.UNDEFINED));
            return none;
        }
        return draw(units, metrics);
    }

    private Map<String, Interval> draw(int units, Map<String, Counted> metrics) {
        List<Counted> prepared = List.copyOf(metrics.values());
        double[][] values = new double[prepared.size()][resamples];
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[units];
        for (int resample = 0; resample < resamples; resample++) {
            Resample.draw(random, counts);
            for (int m = 0; m < values.length; m++) {
                values[m][resample] = prepared.get(m).of(counts);
            }
        }
        Map<String, Interval> intervals = new LinkedHashMap<>();
        int m = 0;
        for (String metric : metrics.keySet()) {
            intervals.put(metric, interval(values[m++]));
        }
        return intervals;
    }

    private Interval interval(double[] values) {
        double[] defined = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (defined.length <= values.length / 2) {
            return Interval.UNDEFINED;
        }
        double tail = (1 - confidence) / 2;
        return new Interval(quantile(defined, tail), quantile(defined, 1 - tail));
    }

    /** Linear between order statistics, as NumPy's default. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
