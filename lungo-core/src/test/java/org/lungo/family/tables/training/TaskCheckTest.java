package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;
import org.lungo.experiment.config.ConfigException;

class TaskCheckTest {
    @Test
    void pointsAtEveryValueThatDoesNotFit() {
        String text = """
                version: 1
                data: train.csv
                target: price
                train:
                  loss: cross_entropy
                  class_weights: balanced
                  more: {label_smoothing: 0.1}
                  early_stop: {monitor: val_f1}
                evaluate: {metrics: [f1]}
                """;
        assertThatThrownBy(() -> require(Task.REGRESSION, text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("price.yaml:5:3: error E206: train.loss must be one of [auto, mean_squared_error,"
                        + " mean_absolute_error, huber] for a regression target. Received: cross_entropy\n"
                        + "    loss: cross_entropy\n    ^")
                .hasMessageContaining("price.yaml:6:3: error E206: train.class_weights must be none")
                .hasMessageContaining("price.yaml:7:10: error E206: train.more.label_smoothing must be 0")
                .hasMessageContaining(
                        "price.yaml:8:16: error E206: train.early_stop.monitor must be val_loss, or val_ and one of [mae,")
                .hasMessageContaining("price.yaml:9:12: error E206: evaluate.metrics must be among")
                .hasMessageContaining("pinball@0.9");
    }

    @Test
    void namesTheFlag() {
        assertThatThrownBy(() -> require(Task.MULTILABEL, "version: 1", "train.augment.oversample=true"))
                .hasMessage(
                        "--set train.augment.oversample=true: error E206: train.augment.oversample must be false for"
                                + " a multilabel target. Received: true");
    }

    @Test
    void letsTheDefaultsPass() {
        for (Task task : Task.values()) {
            assertThatNoException().isThrownBy(() -> require(task, "version: 1"));
        }
    }

    private static void require(Task task, String text, String... sets) {
        TaskCheck.require(TableConfig.FILE.read("price.yaml", text, List.of(sets)), task);
    }
}
