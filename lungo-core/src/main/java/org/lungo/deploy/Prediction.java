package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one row.
 *
 * @param label the class, or null for regression
 * @param probability of that class, or null for regression
 * @param probabilities of every class by name; empty for regression
 * @param value the number, or null for classes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Prediction(
        @Nullable String label,
        @Nullable Double probability,
        Map<String, Double> probabilities,
        @Nullable Double value) {}
