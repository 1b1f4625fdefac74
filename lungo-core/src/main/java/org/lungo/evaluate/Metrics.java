package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.Task;

/**
 * The metrics by their names in configuration files. Two names take a number after {@code @}: {@code fbeta@2} weighs
 * recall twice as much as precision, {@code pinball@0.9} is the loss of a predicted 90% quantile.
 */
public final class Metrics {
    private static final List<Metric> ALL = List.of(
            DecisionMetric.accuracy(),
            DecisionMetric.precision(),
            DecisionMetric.recall(),
            DecisionMetric.fbeta("f1", 1),
            RankingMetric.rocAuc(),
            ProbabilityMetric.logLoss(),
            DecisionMetric.balancedAccuracy(),
            RankingMetric.prAuc(),
            ProbabilityMetric.brier(),
            ProbabilityMetric.calibrationError(),
            DecisionMetric.matthews(),
            DecisionMetric.kappa(),
            DecisionMetric.jaccard(),
            DecisionMetric.hammingLoss(),
            RankingMetric.labelRanking(),
            RegressionMetric.rootSquared(),
            RegressionMetric.absolute(),
            RegressionMetric.determination(),
            RegressionMetric.absolutePercentage(),
            RegressionMetric.squared(),
            RegressionMetric.medianAbsolute(),
            RegressionMetric.maximum(),
            RegressionMetric.symmetricPercentage(),
            RegressionMetric.squaredLogarithmic(),
            RegressionMetric.weightedDetermination());

    /** Left to those who ask by name: they repeat another metric for most data. */
    private static final List<String> ON_REQUEST =
            List.of("jaccard", "label_ranking_average_precision", "mse", "smape", "msle", "r2_variance_weighted");

    private Metrics() {}

    /**
     * The metric {@code name}.
     *
     * @throws IllegalArgumentException when there is none; the message suggests the nearest name
     */
    public static Metric named(String name) {
        for (Metric metric : ALL) {
            if (metric.name().equals(name)) {
                return metric;
            }
        }
        int at = name.indexOf('@');
        if (at > 0) {
            String family = name.substring(0, at);
            if (family.equals("fbeta")) {
                return fbeta(number(name, at));
            }
            if (family.equals("pinball")) {
                return pinball(number(name, at));
            }
        }
        throw new IllegalArgumentException("unknown metric '" + name + "'; did you mean '" + nearest(name)
                + "'? Known: " + String.join(", ", names()));
    }

    /** The F measure that weighs recall {@code beta} times as much as precision. */
    public static Metric fbeta(double beta) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("beta must be positive, as in fbeta@2. Received: " + beta);
        }
        return DecisionMetric.fbeta("fbeta@" + text(beta), beta);
    }

    /** The loss of a predicted quantile {@code alpha}, between 0 and 1. */
    public static Metric pinball(double alpha) {
        return RegressionMetric.pinball("pinball@" + text(alpha), alpha);
    }

    /** What is reported for a task unless metrics are named, the headline first. */
    public static List<Metric> forTask(Task task) {
        return ALL.stream()
                .filter(metric -> metric.tasks().contains(task) && !ON_REQUEST.contains(metric.name()))
                .filter(metric -> task == Task.MULTILABEL || !metric.name().equals("hamming_loss"))
                .toList();
    }

    /** The names of all metrics that fit a task, {@code fbeta@2} and {@code pinball@0.9} for any number there. */
    public static List<String> namesFor(Task task) {
        return names().stream()
                .filter(name -> named(name).tasks().contains(task))
                .toList();
    }

    /** All names. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(ALL.stream().map(Metric::name).toList());
        names.add("fbeta@2");
        names.add("pinball@0.9");
        return names;
    }

    /** The values of several metrics by name, in order. */
    public static Map<String, Double> of(Predictions predictions, Collection<Metric> metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            values.put(metric.name(), metric.of(predictions));
        }
        return values;
    }

    private static double number(String name, int at) {
        try {
            return Double.parseDouble(name.substring(at + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a number must follow the @ of '" + name + "', as in fbeta@2 or pinball@0.9", e);
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String nearest(String name) {
        return names().stream()
                .min(Comparator.comparingInt(known -> edits(name, known)))
                .orElse("accuracy");
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
