package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lungo.data.Task;

class MetricsTest {
    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> Metrics.named("acuracy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown metric 'acuracy'; did you mean 'accuracy'? Known: accuracy, ");
        assertThatThrownBy(() -> Metrics.named("rocauc")).hasMessageContaining("did you mean 'roc_auc'");
    }

    @Test
    void readsTheNumberBehindAnAtSign() {
        assertThat(Metrics.named("fbeta@0.5").name()).isEqualTo("fbeta@0.5");
        assertThat(Metrics.named("fbeta@2.0").name()).isEqualTo("fbeta@2");
        assertThat(Metrics.named("pinball@0.9").direction()).isEqualTo(Direction.LOWER);
        assertThatThrownBy(() -> Metrics.named("fbeta@two")).hasMessageContaining("a number must follow the @");
        assertThatThrownBy(() -> Metrics.named("fbeta@0")).hasMessageContaining("beta must be positive");
        assertThatThrownBy(() -> Metrics.named("pinball@1.5")).hasMessageContaining("between 0 and 1. Received: 1.5");
    }

    @Test
    void reportsTheHeadlineFirst() {
        assertThat(Metrics.forTask(Task.BINARY))
                .extracting(Metric::name)
                .containsExactly(
                        "accuracy",
                        "precision",
                        "recall",
                        "f1",
                        "roc_auc",
                        "log_loss",
                        "balanced_accuracy",
                        "pr_auc",
                        "brier",
                        "ece",
                        "mcc",
                        "cohen_kappa");
        assertThat(Metrics.forTask(Task.REGRESSION))
                .extracting(Metric::name)
                .containsExactly("rmse", "mae", "r2", "mape", "median_absolute_error", "max_error");
        assertThat(Metrics.forTask(Task.MULTILABEL)).extracting(Metric::name).contains("hamming_loss", "f1");
    }

    @Test
    void knowsEveryNameItLists() {
        assertThat(Metrics.names())
                .allSatisfy(name -> assertThat(Metrics.named(name).name()).isEqualTo(name));
    }
}
