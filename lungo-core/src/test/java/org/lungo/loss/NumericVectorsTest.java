package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.NumericVectors;
import tools.jackson.databind.JsonNode;

/** Keras' own expectations, from its losses_test.py at the commit the vectors name. */
final class NumericVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"mse loss keras", "mae loss keras"})
    void agreesWithKeras(String name) {
        JsonNode vector = NumericVectors.startingWith(name);
        Loss loss = name.startsWith("mse") ? new MeanSquaredError() : new MeanAbsoluteError();
        try (Scope scope = Scope.open()) {
            Tensor outputs = tensor(vector.get("input").get("y_pred"));
            Tensor targets = tensor(vector.get("input").get("y_true"));
            // Small whole numbers: exact in float64.
            assertThat(loss.of(outputs, targets).item())
                    .isCloseTo(vector.get("expected").asDouble(), within(1e-12));
        }
    }

    private static Tensor tensor(JsonNode rows) {
        return Tensor.of(NumericVectors.numbers(rows), rows.size(), rows.get(0).size());
    }
}
