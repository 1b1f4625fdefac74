package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code metrics.json} holds: an evaluation, the folds of a cross-validation, and whether the gates were reached.
 *
 * @param family of the model
 * @param folds null when there was no cross-validation
 * @param gates one per gate; judged by the folds' mean where there are folds
 */
public record EvaluationResult(
        String family, Evaluation evaluation, @Nullable CrossValidation folds, List<Gates.Outcome> gates)
        implements Measurement {
    public EvaluationResult {
        gates = List.copyOf(gates);
    }

    /** The evaluation, judged by {@code gates}. */
    public static EvaluationResult of(
            String family, Evaluation evaluation, @Nullable CrossValidation folds, Gates gates) {
        Map<String, Double> judged = folds == null ? evaluation.metrics() : folds.mean();
        return new EvaluationResult(family, evaluation, folds, gates.outcomes(judged));
    }

    /**
     * What {@link #toJson} wrote, without the curves and residuals, which only the report shows.
     *
     * @throws IllegalArgumentException when {@code json} is not such an object
     */
    public static EvaluationResult parse(String json) {
        return EvaluationReader.read(json);
    }

    /** The metric values by name. */
    public Map<String, Double> metrics() {
        return evaluation.metrics();
    }

    @Override
    public List<Gates.Outcome> failures() {
        return gates.stream().filter(gate -> !gate.passed()).toList();
    }

    /** {@code metrics.json}: the evaluation, {@code cross_validation} where there was one, {@code gates}. */
    @Override
    public String toJson() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("family", family);
        map.putAll(evaluation.toMap());
        if (folds != null) {
            map.put("cross_validation", folds.toMap());
        }
        map.put("gates", Gates.toMap(gates));
        return Json.write(map);
    }

    /** For a terminal: the evaluation, the cross-validation, the gates. */
    @Override
    public String toText() {
        return EvaluationText.of(this);
    }
}
