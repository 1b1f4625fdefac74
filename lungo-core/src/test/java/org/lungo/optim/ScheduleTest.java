package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected numbers follow the closed forms in PyTorch's documentation of the schedulers, with t = step - 1. */
final class ScheduleTest {
    @Test
    void stepwiseDropsAfterEverySoManySteps() {
        // StepLR's own example: 0.05 below epoch 30, 0.005 below 60, 0.0005 below 90.
        Schedule schedule = Schedule.stepwise(0.05, 30, 0.1);
        assertThat(schedule.learningRate(1)).isEqualTo(0.05);
        assertThat(schedule.learningRate(30)).isEqualTo(0.05);
        assertThat(schedule.learningRate(31)).isCloseTo(0.005, within(1e-15));
        assertThat(schedule.learningRate(61)).isCloseTo(0.0005, within(1e-15));
    }

    @Test
    void cosineEndsAtItsMinimumAndStaysThere() {
        Schedule schedule = Schedule.cosine(1, 0.1, 100);
        assertThat(schedule.learningRate(1)).isEqualTo(1);
        assertThat(schedule.learningRate(26)).isCloseTo(0.1 + 0.45 * (1 + Math.sqrt(0.5)), within(1e-12));
        assertThat(schedule.learningRate(51)).isCloseTo(0.55, within(1e-12));
        assertThat(schedule.learningRate(101)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.learningRate(5000)).isCloseTo(0.1, within(1e-12));
    }

    /** Equation 3 of Vaswani et al. 2017 for d_model = 512 and 4,000 steps of warm-up. */
    @Test
    void inverseSqrtIsThatOfTheTransformer() {
        Schedule schedule = Schedule.inverseSqrt(Math.pow(512, -0.5) * Math.pow(4000, -0.5), 4000);
        for (long step : new long[] {1, 100, 4000, 16_000, 100_000}) {
            double expected = Math.pow(512, -0.5) * Math.min(Math.pow(step, -0.5), step * Math.pow(4000, -1.5));
            assertThat(schedule.learningRate(step)).isCloseTo(expected, within(1e-15));
        }
    }

    @Test
    void warmUpRisesInEqualStepsAndThenStartsTheOther() {
        Schedule schedule = Schedule.warmUp(4, Schedule.stepwise(1, 2, 0.5));
        double[] rates = new double[8];
        for (int step = 1; step <= rates.length; step++) {
            rates[step - 1] = schedule.learningRate(step);
        }
        assertThat(rates).containsExactly(0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5);
    }

    @Test
    void oneCycleRisesToItsMaximumAndFallsFarBelowItsStart() {
        // OneCycleLR(max_lr=1, total_steps=100): 1/25 at t = 0, 1 at t = 29, 1/25/1e4 at t = 99, half way at 14.5 and
        // 64.
        Schedule schedule = Schedule.oneCycle(1, 100);
        assertThat(schedule.learningRate(1)).isCloseTo(0.04, within(1e-12));
        assertThat(schedule.learningRate(30)).isCloseTo(1, within(1e-12));
        assertThat(schedule.learningRate(65)).isCloseTo((1 + 4e-6) / 2, within(1e-12));
        assertThat(schedule.learningRate(100)).isCloseTo(4e-6, within(1e-12));
    }

    @Test
    void rejectsAMinimumAboveTheStart() {
        assertThatThrownBy(() -> Schedule.cosine(0.1, 1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initial must be at least minimum. Received: 0.1 < 1.0");
    }

    @Test
    void rejectsAnEmptyPeriod() {
        assertThatThrownBy(() -> Schedule.stepwise(0.1, 0, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be at least 1. Received: 0");
    }
}
