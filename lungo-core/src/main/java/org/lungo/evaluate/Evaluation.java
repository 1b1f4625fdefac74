package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Task;

/**
 * How good a model is on some rows, with what is needed to judge the numbers.
 *
 * @param rows how many rows were evaluated
 * @param notices what to know when reading the numbers, in plain words
 */
public record Evaluation(Task task, int rows, Scores scores, Detail detail, List<String> notices) {
    /**
     * The numbers, by metric name, the headline first; NaN where undefined.
     *
     * @param baseline the same metrics for a trivial answer
     * @param intervals 95% bootstrap intervals
     * @param directions which way each metric improves
     * @param trivialAnswer what the baseline always says, in words
     */
    public record Scores(
            Map<String, Double> metrics,
            Map<String, Double> baseline,
            Map<String, Interval> intervals,
            Map<String, Direction> directions,
            String trivialAnswer) {}

    /** The same with one more thing to know; as it is when {@code notice} is empty. */
    public Evaluation noticing(String notice) {
        if (notice.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(notices);
        all.add(notice);
        return new Evaluation(task, rows, scores, detail, List.copyOf(all));
    }

    /** The metric values by name. */
    public Map<String, Double> metrics() {
        return scores.metrics();
    }

    /** The headline metric's name. */
    public String headline() {
        return scores.metrics().keySet().iterator().next();
    }

    /** Task, rows, metrics, baseline, intervals, then the tables. */
    public String toJson() {
        return Json.write(toMap());
    }

    /** The JSON object as maps and lists; undefined numbers are null. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("task", task.toString());
        map.put("rows", rows);
        map.put("metrics", Json.numbers(scores.metrics()));
        map.put("baseline", Json.numbers(scores.baseline()));
        Map<String, @Nullable Object> intervals = new LinkedHashMap<>();
        scores.intervals().forEach((metric, interval) -> intervals.put(metric, interval.isDefined() ? interval : null));
        map.put("intervals", intervals);
        map.put("baseline_answer", scores.trivialAnswer());
        if (task.isClassification()) {
            putTables(map);
        }
        map.put("notices", notices);
        return map;
    }

    /** The report for a terminal, in the layout of scikit-learn's classification report. */
    public String toText() {
        return EvaluationText.of(this);
    }

    private void putTables(Map<String, @Nullable Object> map) {
        map.put("classes", detail.classes());
        map.put("threshold", task == Task.MULTICLASS ? null : detail.threshold());
        if (detail.table() != null) {
            map.put("per_class", lines(detail.table().rows()));
            map.put("averages", lines(detail.table().averages()));
        }
        if (detail.confusion() != null) {
            map.put("confusion", detail.confusion().counts());
        }
        if (detail.calibration() != null) {
            map.put("calibration", detail.calibration().bins());
        }
    }

    private static List<Object> lines(List<ClassTable.Line> lines) {
        List<Object> list = new ArrayList<>();
        for (ClassTable.Line line : lines) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("name", line.name());
            map.put("precision", Json.number(line.precision()));
            map.put("recall", Json.number(line.recall()));
            map.put("f1", Json.number(line.f1()));
            map.put("support", line.support());
            list.add(map);
        }
        return list;
    }
}
