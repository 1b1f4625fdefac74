package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;

class BaselineTest {
    @Test
    void answersTheClassFrequenciesOfTheTrainingRows() {
        Baseline baseline = Baseline.learn(Task.BINARY, List.of("no", "yes"), new double[][] {{0}, {0}, {0}, {1}});
        assertThat(baseline.answer()).containsExactly(0.75, 0.25);
        assertThat(baseline.inWords()).isEqualTo("always 'no'");
        Predictions test = Predictions.binary(List.of("no", "yes"), new double[] {0.9, 0.1}, new int[] {1, 0});
        assertThat(Metrics.named("accuracy").of(baseline.predict(test))).isEqualTo(0.5);
        assertThat(Metrics.named("roc_auc").of(baseline.predict(test))).isEqualTo(0.5);
        assertThat(Metrics.named("brier").of(baseline.predict(test))).isCloseTo((0.0625 + 0.5625) / 2, within(1e-15));
    }

    @Test
    void answersTheMeanOfTheTrainingRows() {
        Baseline baseline = Baseline.learn(Task.REGRESSION, List.of(), new double[][] {{1}, {3}});
        Predictions test = Predictions.regression(new double[] {9, 9}, new double[] {2, 4});
        assertThat(Metrics.named("rmse").of(baseline.predict(test))).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(baseline.inWords()).contains("mean");
    }

    @Test
    void answersLabelFrequencies() {
        Baseline baseline = Baseline.learn(Task.MULTILABEL, List.of("a", "b"), new double[][] {{1, 0}, {1, 1}});
        assertThat(baseline.answer()).containsExactly(1, 0.5);
    }

    @Test
    void needsRows() {
        assertThatThrownBy(() -> Baseline.learn(Task.REGRESSION, List.of(), new double[0][]))
                .hasMessageContaining("Received: 0 rows");
    }
}
