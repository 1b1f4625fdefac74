package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MonitorTest {
    @Test
    void knowsWhichWayIsBetter() {
        Monitor loss = Monitor.of(new TrainConfig.EarlyStop("val_loss", 1, 0.1));
        assertThat(loss.improves(0.3, loss.worst())).isTrue();
        assertThat(loss.improves(0.45, 0.5)).isFalse();
        assertThat(loss.improves(0.35, 0.5)).isTrue();
        Monitor accuracy = Monitor.of(new TrainConfig.EarlyStop("val_accuracy", 1, 0));
        assertThat(accuracy.improves(0, accuracy.worst())).isTrue();
        assertThat(accuracy.improves(0.9, 0.8)).isTrue();
        assertThat(accuracy.improves(0.8, 0.8)).isFalse();
    }

    @Test
    void neverTakesNaNForBetter() {
        for (String name : new String[] {"val_loss", "val_r2"}) {
            Monitor monitor = Monitor.of(new TrainConfig.EarlyStop(name, 1, 0));
            assertThat(monitor.improves(Double.NaN, monitor.worst())).isFalse();
        }
    }
}
