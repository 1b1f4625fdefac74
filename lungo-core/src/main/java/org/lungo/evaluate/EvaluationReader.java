package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Task;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code metrics.json} back. */
final class EvaluationReader {
    /** What files say that were written before there were families. */
    private static final String FIRST_FAMILY = "tables";

    private static final JsonMapper JSON = JsonMapper.shared();

    private EvaluationReader() {}

    static EvaluationResult read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            JsonNode folds = root.get("cross_validation");
            return new EvaluationResult(
                    root.path("family").asString(FIRST_FAMILY),
                    evaluation(root),
                    folds == null ? null : CrossValidation.stored(folds),
                    gates(root));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected a stored evaluation. Received: " + e.getOriginalMessage(), e);
        }
    }

    private static Evaluation evaluation(JsonNode root) {
        Map<String, Double> metrics = numbers(root.required("metrics"));
        Map<String, Interval> intervals = new LinkedHashMap<>();
        root.required("intervals")
                .forEachEntry((name, ends) -> intervals.put(
                        name,
                        ends.isArray() ? new Interval(number(ends.get(0)), number(ends.get(1))) : Interval.UNDEFINED));
        Map<String, Direction> directions = new LinkedHashMap<>();
        metrics.keySet()
                .forEach(name -> directions.put(name, Metrics.named(name).direction()));
        return new Evaluation(
                JSON.treeToValue(root.required("task"), Task.class),
                root.required("rows").asInt(),
                new Evaluation.Scores(
                        metrics,
                        numbers(root.required("baseline")),
                        intervals,
                        directions,
                        root.required("baseline_answer").asString()),
                detail(root),
                texts(root.required("notices")));
    }

    private static Detail detail(JsonNode root) {
        JsonNode threshold = root.get("threshold");
        return new Detail(
                root.has("classes") ? texts(root.required("classes")) : List.of(),
                threshold == null || threshold.isNull() ? Predictions.EVEN_THRESHOLD : threshold.asDouble(),
                root.has("per_class")
                        ? new ClassTable(lines(root.required("per_class")), lines(root.required("averages")))
                        : null,
                root.has("confusion")
                        ? new Confusion(JSON.treeToValue(root.required("confusion"), long[][].class))
                        : null,
                root.has("calibration") ? calibration(root.required("calibration")) : null,
                Map.of(),
                null);
    }

    private static Calibration calibration(JsonNode list) {
        List<Calibration.Bin> bins = List.of(JSON.treeToValue(list, Calibration.Bin[].class));
        double off = 0;
        long rows = 0;
        for (Calibration.Bin bin : bins) {
            off += bin.rows() * Math.abs(bin.confidence() - bin.hits());
            rows += bin.rows();
        }
        return new Calibration(bins, Confusion.ratio(off, rows));
    }

    private static List<ClassTable.Line> lines(JsonNode list) {
        List<ClassTable.Line> lines = new ArrayList<>();
        for (JsonNode line : list) {
            lines.add(new ClassTable.Line(
                    line.required("name").asString(),
                    number(line.required("precision")),
                    number(line.required("recall")),
                    number(line.required("f1")),
                    line.required("support").asLong()));
        }
        return List.copyOf(lines);
    }

    private static List<Gates.Outcome> gates(JsonNode root) {
        List<Gates.Outcome> gates = new ArrayList<>();
        root.required("gates").forEachEntry((metric, gate) -> {
            JsonNode value = gate.required("value");
            gates.add(new Gates.Outcome(
                    metric,
                    gate.required("required").asString(),
                    value.isNull() ? null : value.asDouble(),
                    gate.required("passed").asBoolean()));
        });
        return gates;
    }

    static Map<String, Double> numbers(JsonNode object) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> numbers.put(name, number(value)));
        return numbers;
    }

    private static double number(@Nullable JsonNode value) {
        return value == null || value.isNull() ? Double.NaN : value.asDouble();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return List.copyOf(texts);
    }
}
