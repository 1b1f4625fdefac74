package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.Task;

/**
 * Evaluates predictions: metrics with their intervals, the same metrics for a trivial baseline, tables and curves.
 *
 * <pre>{@code
 * Baseline baseline = Baseline.learn(task, classes, trainTargets);
 * Evaluation evaluation = Evaluator.of(task).evaluate(predictions, baseline);
 * }</pre>
 *
 * @param metrics what to compute, the headline first
 */
public record Evaluator(List<Metric> metrics, Bootstrap bootstrap) {
    public Evaluator {
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs one metric or more. Received: none");
        }
    }

    /** The usual metrics of a task. */
    public static Evaluator of(Task task) {
        return new Evaluator(Metrics.forTask(task), Bootstrap.STANDARD);
    }

    /**
     * The named metrics.
     *
     * @throws IllegalArgumentException for a name that is unknown or not for this task
     */
    public static Evaluator of(Task task, List<String> names) {
        List<Metric> metrics = names.stream().distinct().map(Metrics::named).toList();
        metrics.forEach(metric -> metric.requireTask(task));
        return new Evaluator(metrics, Bootstrap.STANDARD);
    }

    /**
     * Evaluates.
     *
     * @param predictions for rows that were not trained on
     * @param baseline learned from the training targets
     */
    public Evaluation evaluate(Predictions predictions, Baseline baseline) {
        Map<String, Double> values = Metrics.of(predictions, metrics);
        Evaluation.Scores scores = new Evaluation.Scores(
                values,
                Metrics.of(baseline.predict(predictions), metrics),
                bootstrap.intervals(predictions, metrics),
                directions(),
                baseline.inWords());
        Detail detail = Detail.of(predictions);
        List<String> notices = Notices.of(predictions, values, detail);
        return new Evaluation(predictions.task(), predictions.rows(), scores, detail, notices);
    }

    private Map<String, Direction> directions() {
        Map<String, Direction> directions = new LinkedHashMap<>();
        metrics.forEach(metric -> directions.put(metric.name(), metric.direction()));
        return directions;
    }
}
