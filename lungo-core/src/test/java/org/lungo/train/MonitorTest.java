package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.evaluate.Direction;

class MonitorTest {
    private static final Map<String, Direction> KNOWN =
            Map.of("accuracy", Direction.HIGHER, "r2", Direction.HIGHER, "perplexity", Direction.LOWER);

    @Test
    void watchesOnlyWhatIsMeasured() {
        Monitor perplexity = Monitor.of(new TrainConfig.EarlyStop("val_perplexity", 1, 0), KNOWN);
        assertThat(perplexity.improves(20, 30)).isTrue();
        assertThat(perplexity.improves(30, 20)).isFalse();
        assertThatThrownBy(() -> Monitor.of(new TrainConfig.EarlyStop("val_bleu", 1, 0), KNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("early_stop.monitor must be one of: val_loss, val_accuracy, val_perplexity, val_r2."
                        + " Received: val_bleu");
        assertThatThrownBy(() -> new TrainConfig.EarlyStop("accuracy", 1, 0)).hasMessageContaining("val_accuracy");
    }

    @Test
    void knowsWhichWayIsBetter() {
        Monitor loss = Monitor.of(new TrainConfig.EarlyStop("val_loss", 1, 0.1), Map.of());
        assertThat(loss.improves(0.3, loss.worst())).isTrue();
        assertThat(loss.improves(0.45, 0.5)).isFalse();
        assertThat(loss.improves(0.35, 0.5)).isTrue();
        Monitor accuracy = Monitor.of(new TrainConfig.EarlyStop("val_accuracy", 1, 0), KNOWN);
        assertThat(accuracy.improves(0, accuracy.worst())).isTrue();
        assertThat(accuracy.improves(0.9, 0.8)).isTrue();
        assertThat(accuracy.improves(0.8, 0.8)).isFalse();
    }

    @Test
    void neverTakesNaNForBetter() {
        for (String name : new String[] {"val_loss", "val_r2"}) {
            Monitor monitor = Monitor.of(new TrainConfig.EarlyStop(name, 1, 0), KNOWN);
            assertThat(monitor.improves(Double.NaN, monitor.worst())).isFalse();
        }
    }

    @Test
    void breaksTiesOfAScoreByTheLoss() {
        Monitor f1 = Monitor.of(new TrainConfig.EarlyStop("val_f1", 1, 0), Map.of("f1", Direction.HIGHER));
        TrainingState start = TrainingState.start(f1.worst());
        assertThat(f1.improves(report(0, 2.0), start)).isTrue();
        TrainingState first = new TrainingState(1, 1, 0, 1, null, List.of(report(0, 2.0)));
        assertThat(f1.improves(report(0, 1.5), first)).isTrue();
        assertThat(f1.improves(report(0, 2.0), first)).isFalse();
        assertThat(f1.improves(report(0, 2.5), first)).isFalse();
        assertThat(f1.improves(report(0, Double.NaN), first)).isFalse();
        assertThat(f1.improves(report(0.1, 2.5), first)).isTrue();
        assertThat(f1.improves(report(Double.NaN, 1.0), first)).isFalse();
    }

    private static EpochReport report(double f1, double loss) {
        return new EpochReport(1, 1, loss, loss, 0.1, false, Map.of("val_f1", f1));
    }
}
