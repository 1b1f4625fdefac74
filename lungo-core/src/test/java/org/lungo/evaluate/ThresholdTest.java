package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.data.Task;

class ThresholdTest {
    private static final List<String> CLASSES = List.of("no", "yes");

    @ParameterizedTest
    @ValueSource(strings = {"f1", "accuracy", "mcc", "balanced_accuracy", "hamming_loss", "fbeta@2"})
    void isTheBestOfAllThatCanBeTried(String name) {
        Metric metric = Metrics.named(name);
        Predictions predictions = Samples.random(Task.BINARY, 120, 2, 30, 9);
        Threshold threshold = Threshold.best(predictions, metric);
        // Independent reference: every distinct score as the threshold, and one above all.
        double best = metric.of(predictions.withThreshold(2));
        for (double score : predictions.scoresOf(1)) {
            double value = metric.of(predictions.withThreshold(score));
            best = metric.direction().isBetter(value, best) ? value : best;
        }
        assertThat(threshold.score()).isCloseTo(best, within(1e-12));
        assertThat(metric.of(predictions.withThreshold(threshold.value()))).isCloseTo(best, within(1e-12));
    }

    @Test
    void keepsOneHalfWhenThatIsAsGood() {
        Predictions clear = Predictions.binary(CLASSES, new double[] {0.1, 0.2, 0.8}, new int[] {0, 0, 1});
        assertThat(Threshold.best(clear, Metrics.named("f1")).value()).isEqualTo(0.5);
    }

    @Test
    void cutsBetweenTwoScores() {
        Predictions low = Predictions.binary(CLASSES, new double[] {0.1, 0.2, 0.3}, new int[] {0, 1, 1});
        assertThat(Threshold.best(low, Metrics.named("f1")).value()).isCloseTo(0.15, within(1e-15));
    }

    @Test
    void missesFewerWhenMissingIsDear() {
        Predictions predictions = Samples.random(Task.BINARY, 200, 2, 50, 2);
        Threshold dear = Threshold.cheapest(predictions, new Threshold.Costs(0, 1, 20, 0));
        Threshold cheap = Threshold.cheapest(predictions, new Threshold.Costs(0, 20, 1, 0));
        assertThat(dear.value()).isLessThan(cheap.value());
        long[][] counts = Confusion.of(predictions.withThreshold(dear.value())).counts();
        assertThat(dear.score()).isCloseTo((counts[0][1] + 20 * counts[1][0]) / 200.0, within(1e-12));
    }

    @Test
    void refusesWhatDoesNotDependOnIt() {
        Predictions predictions = Samples.random(Task.BINARY, 10, 2, 5, 1);
        assertThatThrownBy(() -> Threshold.best(predictions, Metrics.named("roc_auc")))
                .hasMessageContaining("Received: roc_auc, which does not depend on it");
        assertThatThrownBy(() -> Threshold.best(Samples.random(Task.MULTICLASS, 10, 3, 5, 1), Metrics.named("f1")))
                .hasMessageContaining("for a binary task. Received: multiclass");
    }
}
