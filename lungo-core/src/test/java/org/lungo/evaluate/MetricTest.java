package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.data.Task;

/** What every metric of the registry promises. */
class MetricTest {
    private static final int ROWS = 60;

    static List<String> names() {
        return Metrics.names();
    }

    private static List<Predictions> samples(Metric metric) {
        List<Predictions> samples = new ArrayList<>();
        for (Task task : metric.tasks()) {
            samples.add(Samples.random(task, ROWS, task == Task.BINARY ? 2 : 3, 5, 7));
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("names")
    void countsRowsLikeRepeatingThem(String name) {
        Metric metric = Metrics.named(name);
        for (Predictions predictions : samples(metric)) {
            Counted counted = metric.counted(predictions);
            SplittableRandom random = new SplittableRandom(1);
            int[] counts = new int[ROWS];
            for (int resample = 0; resample < 20; resample++) {
                Resample.draw(random, counts);
                // The same rows written out one by one must give the same number.
                double repeated = metric.of(predictions.select(Resample.rows(counts)));
                assertThat(counted.of(counts)).isCloseTo(repeated, within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesNotDependOnTheOrderOfRows(String name) {
        Metric metric = Metrics.named(name);
        for (Predictions predictions : samples(metric)) {
            int[] reversed = new int[ROWS];
            for (int row = 0; row < ROWS; row++) {
                reversed[row] = ROWS - 1 - row;
            }
            assertThat(metric.of(predictions.select(reversed))).isCloseTo(metric.of(predictions), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void ratesPerfectPredictionsBest(String name) {
        Metric metric = Metrics.named(name);
        for (Predictions predictions : samples(metric)) {
            double[][] perfect = new double[ROWS][predictions.width()];
            for (int c = 0; c < predictions.width(); c++) {
                double[] truth = predictions.targetsOf(c);
                for (int row = 0; row < ROWS; row++) {
                    perfect[row][c] = truth[row];
                }
            }
            double best = metric.of(
                    new Predictions(predictions.task(), predictions.classes(), perfect, predictions.targets()));
            assertThat(best).isCloseTo(metric.direction() == Direction.HIGHER ? 1 : 0, within(1e-12));
            assertThat(metric.direction().isBetter(best, metric.of(predictions)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesATaskItIsNotFor(String name) {
        Metric metric = Metrics.named(name);
        Task wrong = metric.tasks().contains(Task.REGRESSION) ? Task.BINARY : Task.REGRESSION;
        assertThatThrownBy(() -> metric.of(Samples.random(wrong, 5, 2, 5, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metric '" + metric.name() + "' is for")
                .hasMessageContaining("Received: " + wrong);
    }

    @Test
    void isEasyToWriteOneself() {
        Metric bias = new Metric() {
            @Override
            public String name() {
                return "bias";
            }

            @Override
            public Direction direction() {
                return Direction.LOWER;
            }

            @Override
            public Set<Task> tasks() {
                return Set.of(Task.REGRESSION);
            }

            @Override
            public double of(Predictions predictions) {
                double sum = 0;
                for (int row = 0; row < predictions.rows(); row++) {
                    sum += predictions.scores()[row][0] - predictions.targets()[row][0];
                }
                return sum / predictions.rows();
            }
        };
        Predictions predictions = Predictions.regression(new double[] {2, 5}, new double[] {1, 1});
        assertThat(bias.of(predictions)).isEqualTo(2.5);
        assertThat(bias.counted(predictions).of(new int[] {3, 1})).isEqualTo(7 / 4.0);
    }
}
