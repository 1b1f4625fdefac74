package org.lungo.family.tables;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one row.
 *
 * @param label the class, or null for regression and for several labels
 * @param probability of that class, or null
 * @param probabilities of every class or label by name; empty for regression
 * @param value the number, or null for classes
 * @param labels the labels of the row, of a model for several labels; else null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Prediction(
        @Nullable String label,
        @Nullable Double probability,
        Map<String, Double> probabilities,
        @Nullable Double value,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> labels) {
    /** The same by name, without what it does not have. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value != null) {
            map.put("value", value);
        }
        if (label != null && probability != null) {
            map.put("label", label);
            map.put("probability", probability);
        }
        if (labels != null) {
            map.put("labels", labels);
        }
        if (!probabilities.isEmpty()) {
            map.put("probabilities", probabilities);
        }
        return map;
    }
}
