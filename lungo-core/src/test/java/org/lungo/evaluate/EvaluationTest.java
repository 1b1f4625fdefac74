package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationTest {
    static Evaluation evaluate(Predictions predictions) {
        Baseline baseline = Baseline.learn(predictions.task(), predictions.classes(), predictions.targets());
        return new Evaluator(Metrics.forTask(predictions.task()), new Bootstrap(50, 0.95, 1))
                .evaluate(predictions, baseline);
    }

    @Test
    void writesTheFixedSurfaceFirst() {
        Evaluation evaluation = evaluate(Samples.random(Task.BINARY, 80, 2, 20, 1));
        JsonNode json = JsonMapper.shared().readTree(evaluation.toJson());
        assertThat(json.propertyNames())
                .startsWith("task", "rows", "metrics", "baseline", "intervals")
                .contains("classes", "per_class", "confusion", "calibration", "notices");
        assertThat(json.get("task").asString()).isEqualTo("binary");
        assertThat(json.get("rows").asInt()).isEqualTo(80);
        assertThat(json.get("metrics").get("accuracy").asDouble())
                .isEqualTo(evaluation.metrics().get("accuracy"));
        JsonNode interval = json.get("intervals").get("accuracy");
        assertThat(interval.isArray()).isTrue();
        assertThat(interval.get(0).asDouble()).isLessThan(interval.get(1).asDouble());
    }

    @Test
    void writesUndefinedAsNullWithANotice() {
        Evaluation evaluation = evaluate(Samples.deciding(2, new int[] {0, 0, 0}, new int[] {0, 0, 1}));
        JsonNode json = JsonMapper.shared().readTree(evaluation.toJson());
        assertThat(json.get("metrics").get("roc_auc").isNull()).isTrue();
        assertThat(json.get("intervals").get("roc_auc").isNull()).isTrue();
        assertThat(evaluation.notices()).contains("roc_auc is undefined on these rows: the targets are all 'class 0'");
        assertThat(evaluation.toText()).contains("notice: roc_auc is undefined");
    }

    @Test
    void saysWhyThePrecisionIsUndefined() {
        assertThat(evaluate(Samples.deciding(2, new int[] {1, 1, 1}, new int[] {0, 0, 0}))
                        .notices())
                .contains("precision is undefined on these rows: 'class 1' was never predicted");
    }

    @Test
    void tellsOfClassesThatAveragesLeaveOut() {
        assertThat(evaluate(Samples.deciding(4, new int[] {0, 1, 2}, new int[] {0, 1, 1}))
                        .notices())
                .contains(
                        "'class 3': no rows here; left out of macro averages",
                        "'class 2': never predicted; the precision counts as 0 in averages");
    }

    @Test
    void readsLikeTheClassificationReport() {
        // scikit-learn's own example of classification_report: y_true 0 1 2 2 2, y_pred 0 0 2 2 1.
        Predictions example = Samples.deciding(3, new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1});
        assertThat(evaluate(example).toText())
                .startsWith("""
                                      precision    recall  f1-score   support

                             class 0     0.5000    1.0000    0.6667         1
                             class 1     0.0000    0.0000    0.0000         1
                             class 2     1.0000    0.6667    0.8000         3

                            accuracy                         0.6000         5
                           macro avg     0.5000    0.5556    0.4889         5
                        weighted avg     0.7000    0.6000    0.6133         5
                        """)
                .contains("95% interval", "baseline: always 'class 2'", "confusion (rows: actual");
    }

    @Test
    void showsTheAccuracyWhateverTheMetrics() {
        Predictions example = Samples.deciding(3, new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1});
        Baseline baseline = Baseline.learn(Task.MULTICLASS, example.classes(), example.targets());
        Evaluation evaluation = Evaluator.of(Task.MULTICLASS, List.of("f1")).evaluate(example, baseline);
        assertThat(evaluation.toText()).containsPattern("accuracy +0\\.6000 +5\n");
    }

    @Test
    void averagesLabelsInThreeWays() {
        Evaluation evaluation = evaluate(Samples.random(Task.MULTILABEL, 60, 3, 20, 1));
        ClassTable table = Objects.requireNonNull(evaluation.detail().table());
        assertThat(table.averages())
                .extracting(ClassTable.Line::name)
                .containsExactly("micro avg", "macro avg", "weighted avg");
        assertThat(table.averages().get(1).f1()).isEqualTo(evaluation.metrics().get("f1"));
    }

    @Test
    void refusesAMetricThatDoesNotFitTheTask() {
        assertThatThrownBy(() -> Evaluator.of(Task.REGRESSION, List.of("rmse", "f1")))
                .hasMessageContaining("metric 'f1' is for binary, multiclass, multilabel. Received: regression");
        assertThat(Evaluator.of(Task.BINARY, List.of("f1", "roc_auc")).metrics())
                .extracting(Metric::name)
                .containsExactly("f1", "roc_auc");
    }
}
