package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationResultTest {
    @Test
    void writesFoldsAndGates() {
        JsonNode json = JsonMapper.shared().readTree(folded().toJson());
        assertThat(json.get("cross_validation").propertyNames()).containsExactly("folds", "mean", "std");
        assertThat(json.get("cross_validation").get("folds").size()).isEqualTo(2);
        assertThat(json.get("gates").get("rmse").get("passed").asBoolean()).isTrue();
        assertThat(json.get("gates").get("r2").get("passed").asBoolean()).isFalse();
        assertThat(json.get("gates").get("r2").get("required").asString()).isEqualTo(">=1");
        assertThat(json.has("confusion")).isFalse();
    }

    @Test
    void judgesByTheMeanOfTheFolds() {
        Evaluation evaluation = EvaluationTest.evaluate(Samples.random(Task.REGRESSION, 30, 1, 20, 1));
        CrossValidation folds = CrossValidation.of(List.of(Map.of("rmse", 2.0), Map.of("rmse", 4.0)));
        EvaluationResult result = EvaluationResult.of("tables", evaluation, folds, Gates.parse(Map.of("rmse", "<3")));
        assertThat(result.failures())
                .extracting(Gates.Outcome::message)
                .containsExactly("rmse must be <3. Received: 3.0");
        assertThat(JsonMapper.shared()
                        .readTree(result.toJson())
                        .at("/gates/rmse/value")
                        .asDouble())
                .isEqualTo(3);
    }

    @Test
    void readsWhatItWrote() {
        for (Task task : Task.values()) {
            Evaluation evaluation = EvaluationTest.evaluate(Samples.random(task, 60, 3, 20, 1));
            EvaluationResult result = EvaluationResult.of("tables", evaluation, null, Gates.parse(Map.of()));
            assertSame(EvaluationResult.parse(result.toJson()), result);
        }
        assertSame(EvaluationResult.parse(folded().toJson()), folded());
        Evaluation undefined = EvaluationTest.evaluate(Samples.deciding(2, new int[] {0, 0, 0}, new int[] {0, 0, 1}));
        EvaluationResult result =
                EvaluationResult.of("tables", undefined, null, Gates.parse(Map.of("roc_auc", ">0.5")));
        assertSame(EvaluationResult.parse(result.toJson()), result);
        assertThatThrownBy(() -> EvaluationResult.parse("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a stored evaluation");
    }

    @Test
    void showsFoldsAndGates() {
        Evaluation evaluation = EvaluationTest.evaluate(Samples.random(Task.BINARY, 30, 2, 20, 1));
        CrossValidation folds =
                CrossValidation.of(List.of(Map.of("roc_auc", Double.NaN), Map.of("roc_auc", Double.NaN)));
        assertThat(EvaluationResult.of("tables", evaluation, folds, Gates.parse(Map.of("roc_auc", ">=0.5")))
                        .toText())
                .containsPattern("2-fold cross-validation +mean +deviation\nroc_auc +- +-\n")
                .containsPattern("gate +value +required\nroc_auc +- +>=0.5 +not reached\n");
    }

    private static void assertSame(EvaluationResult read, EvaluationResult written) {
        assertThat(read.toJson()).isEqualTo(written.toJson());
        assertThat(read.toText()).isEqualTo(written.toText());
        assertThat(read.evaluation().scores().directions())
                .isEqualTo(written.evaluation().scores().directions());
    }

    private static EvaluationResult folded() {
        Evaluation evaluation = EvaluationTest.evaluate(Samples.random(Task.REGRESSION, 30, 1, 20, 1));
        Map<String, String> bars = new LinkedHashMap<>();
        bars.put("rmse", "<1000");
        bars.put("r2", ">=1");
        CrossValidation folds = CrossValidation.of(List.of(evaluation.metrics(), evaluation.metrics()));
        return EvaluationResult.of("tables", evaluation, folds, Gates.parse(bars));
    }
}
