package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lungo.data.Task;

class BootstrapTest {
    @Test
    void isAsWideAsTheBinomialSaysForAccuracy() {
        // 400 rows, 80% right: standard error sqrt(0.8 * 0.2 / 400) = 0.02, so 0.8 plus or minus 1.96 * 0.02.
        int[] targets = new int[400];
        int[] decided = new int[400];
        Arrays.fill(decided, 0, 80, 1);
        Arrays.fill(targets, 200, 400, 1);
        Arrays.fill(decided, 200, 400, 1);
        Interval interval = Bootstrap.STANDARD
                .intervals(Samples.deciding(2, targets, decided), List.of(Metrics.named("accuracy")))
                .getOrDefault("accuracy", Interval.UNDEFINED);
        assertThat(interval.low()).isCloseTo(0.7608, within(0.006));
        assertThat(interval.high()).isCloseTo(0.8392, within(0.006));
    }

    @Test
    void repeatsWithTheSameSeed() {
        Predictions predictions = Samples.random(Task.MULTICLASS, 100, 3, 10, 1);
        List<Metric> metrics = Metrics.forTask(Task.MULTICLASS);
        assertThat(new Bootstrap(50, 0.95, 1).intervals(predictions, metrics))
                .isEqualTo(new Bootstrap(50, 0.95, 1).intervals(predictions, metrics))
                .isNotEqualTo(new Bootstrap(50, 0.95, 2).intervals(predictions, metrics));
    }

    @Test
    void drawsUnitsOfAnyKind() {
        // The mean of 400 values: 1.96 times their deviation over the square root of their number on both sides.
        double[] values = new SplittableRandom(1).doubles(400).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
        long[] twos = new long[400];
        Arrays.fill(twos, 2);
        Map<String, Interval> intervals = Bootstrap.STANDARD.intervals(
                400, Map.of("mean", Counted.mean(values), "half", Counted.ratio(values, twos)));
        Interval interval = intervals.getOrDefault("mean", Interval.UNDEFINED);
        assertThat(interval.low()).isCloseTo(mean - 1.96 * deviation / 20, within(0.003));
        assertThat(interval.high()).isCloseTo(mean + 1.96 * deviation / 20, within(0.003));
        assertThat(intervals.getOrDefault("half", Interval.UNDEFINED).low())
                .isCloseTo(interval.low() / 2, within(1e-12));
        assertThat(Bootstrap.STANDARD.intervals(1, Map.of("mean", Counted.mean(new double[] {1}))))
                .containsEntry("mean", Interval.UNDEFINED);
    }

    @Test
    void hasNoIntervalForAnUndefinedMetric() {
        Predictions one = Samples.deciding(2, new int[] {0, 0}, new int[] {0, 1});
        assertThat(Bootstrap.STANDARD.intervals(one, List.of(Metrics.named("roc_auc"))))
                .containsEntry("roc_auc", Interval.UNDEFINED);
    }

    @Test
    void refusesNoResamples() {
        assertThatThrownBy(() -> new Bootstrap(0, 0.95, 1)).hasMessageContaining("resamples=0");
        assertThatThrownBy(() -> new Bootstrap(10, 95, 1)).hasMessageContaining("confidence=95");
    }

    @Test
    void staysFastOnSixteenThousandRows() {
        // The test file of adult: 16,281 rows, all twelve binary metrics. A bound far above the seconds it takes.
        Predictions predictions = Samples.random(Task.BINARY, 16_281, 2, 1_000_000, 5);
        long start = System.nanoTime();
        Bootstrap.STANDARD.intervals(predictions, Metrics.forTask(Task.BINARY));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
}
