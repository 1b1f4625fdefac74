package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A measurement of a model of texts in the form that {@code metrics.json} has for every family, judged by gates: {@code
 * family}, {@code task}, {@code rows}, {@code metrics}, {@code baseline}, {@code intervals}, {@code gates}, and values
 * of the family's own.
 *
 * @param gates by the mean of the folds where there are any
 * @param folds of a cross-validation; null when there was none
 */
public record Judged(
        Measurement measured,
        Summary summary,
        List<Gates.Outcome> gates,
        @Nullable CrossValidation folds) implements Measurement {
    public Judged {
        gates = List.copyOf(gates);
    }

    @Override
    public List<Gates.Outcome> failures() {
        return gates.stream().filter(gate -> !gate.passed()).toList();
    }

    @Override
    public String toJson() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("family", summary.family());
        all.put("task", summary.task());
        all.put("rows", summary.rows());
        all.put("metrics", Json.numbers(summary.metrics()));
        all.put("baseline", Json.numbers(summary.yardstick().baseline()));
        all.put("intervals", summary.yardstick().intervals());
        all.put("gates", Gates.toMap(gates));
        if (folds != null) {
            all.put("cross_validation", folds.toMap());
        }
        for (Map.Entry<String, JsonNode> own :
                JsonMapper.shared().readTree(measured.toJson()).properties()) {
            all.put(own.getKey(), own.getValue());
        }
        return Json.write(all);
    }

    /** The measurement for a person, the folds, and a line for each gate. */
    @Override
    public String toText() {
        String table =
                folds == null ? "" : System.lineSeparator() + folds.toText().stripTrailing();
        return measured.toText() + table + gateLines();
    }

    /** A line for each gate, behind a line's end; empty without gates. */
    private String gateLines() {
        StringBuilder text = new StringBuilder();
        for (Gates.Outcome gate : gates) {
            text.append(System.lineSeparator())
                    .append(gate.passed() ? "gate reached: " : "gate not reached: ")
                    .append(gate.message());
        }
        return text.toString();
    }
}
