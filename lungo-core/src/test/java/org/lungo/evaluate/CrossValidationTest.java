package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CrossValidationTest {
    @Test
    void summarisesFoldsWithTheSampleDeviation() {
        // Mean absolute errors 1, 2 and 6: mean 3, squared distances 4 + 1 + 9 over two.
        double[] errors = {1, 2, 6};
        CrossValidation result = CrossValidation.run(
                3,
                fold -> Predictions.regression(new double[] {errors[fold]}, new double[] {0}),
                List.of(Metrics.named("mae")));
        assertThat(result.folds()).hasSize(3);
        assertThat(result.mean()).containsEntry("mae", 3.0);
        assertThat(result.std().get("mae")).isCloseTo(Math.sqrt(7), within(1e-15));
        assertThat(result.toMap()).containsOnlyKeys("folds", "mean", "std");
    }

    @Test
    void saysWhenAFoldIsUndefined() {
        CrossValidation result = CrossValidation.of(List.of(Map.of("roc_auc", 0.8), Map.of("roc_auc", Double.NaN)));
        assertThat(result.mean()).containsEntry("roc_auc", 0.8);
        assertThat(result.std().get("roc_auc")).isNaN();
        assertThat(result.notices())
                .containsExactly("roc_auc is undefined on 1 of 2 folds; its mean is over the others");
        String json = Json.write(result.toMap());
        assertThat(json).contains("\"roc_auc\" : null");
        assertThat(CrossValidation.stored(JsonMapper.shared().readTree(json))).isEqualTo(result);
        assertThat(result.toText())
                .startsWith("2-fold cross-validation        mean  deviation\nroc_auc ")
                .endsWith("    0.8000          -\nnotice: " + result.notices().get(0) + "\n");
    }

    @Test
    void needsTwoFolds() {
        assertThatThrownBy(() ->
                        CrossValidation.run(1, fold -> Predictions.regression(new double[1], new double[1]), List.of()))
                .hasMessageContaining("Received: 1");
    }
}
