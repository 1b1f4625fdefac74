package org.lungo.evaluate;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.lungo.data.Task;

/** Metrics of predicted numbers. With several outputs each is computed per output and averaged. */
final class RegressionMetric {
    private static final Set<Task> TASK = Set.of(Task.REGRESSION);

    private RegressionMetric() {}

    /** Mean squared error. */
    static Metric squared() {
        return mean("mse", (predicted, actual) -> square(predicted - actual), value -> value);
    }

    /** Root of the mean squared error, in the target's unit. */
    static Metric rootSquared() {
        return mean("rmse", (predicted, actual) -> square(predicted - actual), Math::sqrt);
    }

    /** Mean absolute error, in the target's unit. */
    static Metric absolute() {
        return mean("mae", (predicted, actual) -> Math.abs(predicted - actual), value -> value);
    }

    /** Mean of {@code |predicted - actual| / |actual|}, a fraction (0.1 is 10%); NaN when a target is 0. */
    static Metric absolutePercentage() {
        return mean(
                "mape",
                (predicted, actual) -> Confusion.ratio(Math.abs(predicted - actual), Math.abs(actual)),
                value -> value);
    }

    /** Mean of {@code 2 |predicted - actual| / (|predicted| + |actual|)}, in [0, 2]; 0 where both are 0. */
    static Metric symmetricPercentage() {
        return mean(
                "smape",
                (predicted, actual) -> predicted == actual
                        ? 0
                        : 2 * Math.abs(predicted - actual) / (Math.abs(predicted) + Math.abs(actual)),
                value -> value);
    }

    /** Mean of {@code (ln(1 + predicted) - ln(1 + actual))²}; NaN when a number is -1 or below. */
    static Metric squaredLogarithmic() {
        return mean(
                "msle",
                (predicted, actual) -> predicted <= -1 || actual <= -1
                        ? Double.NaN
                        : square(Math.log1p(predicted) - Math.log1p(actual)),
                value -> value);
    }

    /** The loss of a predicted quantile {@code alpha}: Koenker and Bassett 1978. At 0.5 it is half the mae. */
    static Metric pinball(String name, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("a quantile must be between 0 and 1. Received: " + alpha);
        }
        return mean(
                name,
                (predicted, actual) -> Math.max(alpha * (actual - predicted), (alpha - 1) * (actual - predicted)),
                value -> value);
    }

    /** The largest absolute error. */
    static Metric maximum() {
        return perOutput("max_error", Direction.LOWER, (predicted, actual) -> {
            Ranks errors = absoluteErrors(predicted, actual);
            return counts -> {
                long[] times = errors.count(counts);
                for (int g = times.length - 1; g >= 0; g--) {
                    if (times[g] > 0) {
                        return errors.values()[g];
                    }
                }
                return Double.NaN;
            };
        });
    }

    /** The error that half of the rows stay below; the mean of the middle two for an even number. */
    static Metric medianAbsolute() {
        return perOutput("median_absolute_error", Direction.LOWER, (predicted, actual) -> {
            Ranks errors = absoluteErrors(predicted, actual);
            return counts -> {
                long[] times = errors.count(counts);
                long rows = 0;
                for (long count : times) {
                    rows += count;
                }
                return rows == 0 ? Double.NaN : (at(errors, times, (rows - 1) / 2) + at(errors, times, rows / 2)) / 2;
            };
        });
    }

    /** {@code 1 - squared error / squared distance of the targets from their mean}; NaN for a constant target. */
    static Metric determination() {
        return perOutput("r2", Direction.HIGHER, (predicted, actual) -> {
            Squares squares = Squares.of(predicted, actual);
            return counts -> {
                double[] sums = squares.sums(counts);
                return 1 - Confusion.ratio(sums[0], sums[1]);
            };
        });
    }

    /** R2 with outputs weighted by their variance; equal to r2 for one output. */
    static Metric weightedDetermination() {
        return new PreparedMetric("r2_variance_weighted", Direction.HIGHER, TASK, predictions -> {
            Squares[] outputs = new Squares[predictions.width()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = Squares.of(predictions.scoresOf(i), predictions.targetsOf(i));
            }
            return counts -> {
                double error = 0;
                double spread = 0;
                for (Squares output : outputs) {
                    double[] sums = output.sums(counts);
                    error += sums[0];
                    spread += sums[1];
                }
                return 1 - Confusion.ratio(error, spread);
            };
        });
    }

    /** Targets are centred once, so that the spread of a resample loses no digits to a large mean. */
    private record Squares(double[] error, double[] centred) {
        static Squares of(double[] predicted, double[] actual) {
            double mean = 0;
            for (double value : actual) {
                mean += value / actual.length;
            }
            double[] error = new double[actual.length];
            double[] centred = new double[actual.length];
            for (int row = 0; row < actual.length; row++) {
                error[row] = square(predicted[row] - actual[row]);
                centred[row] = actual[row] - mean;
            }
            return new Squares(error, centred);
        }

        /** [2] squared error, squared distance of the targets from the mean of this resample. */
        double[] sums(int[] counts) {
            double errors = 0;
            double sum = 0;
            double squares = 0;
            long rows = 0;
            boolean constant = true;
            double first = Double.NaN;
            for (int row = 0; row < error.length; row++) {
                if (counts[row] > 0) {
                    errors += counts[row] * error[row];
                    sum += counts[row] * centred[row];
                    squares += counts[row] * square(centred[row]);
                    constant &= rows == 0 || centred[row] == first;
                    first = centred[row];
                    rows += counts[row];
                }
            }
            return new double[] {errors, constant ? 0 : squares - sum * sum / rows};
        }
    }

    private static Metric mean(String name, DoubleBinaryOperator loss, DoubleUnaryOperator finish) {
        return perOutput(name, Direction.LOWER, (predicted, actual) -> {
            double[] perRow = new double[actual.length];
            for (int row = 0; row < perRow.length; row++) {
                perRow[row] = loss.applyAsDouble(predicted[row], actual[row]);
            }
            Counted mean = Counted.mean(perRow);
            return counts -> finish.applyAsDouble(mean.of(counts));
        });
    }

    private static Metric perOutput(String name, Direction direction, BiFunction<double[], double[], Counted> part) {
        return new PreparedMetric(name, direction, TASK, predictions -> Averages.perColumn(predictions, part));
    }

    private static Ranks absoluteErrors(double[] predicted, double[] actual) {
        double[] errors = new double[actual.length];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = Math.abs(predicted[row] - actual[row]);
        }
        return Ranks.of(errors);
    }

    private static double at(Ranks errors, long[] times, long position) {
        long seen = 0;
        for (int g = 0; g < times.length; g++) {
            seen += times[g];
            if (seen > position) {
                return errors.values()[g];
            }
        }
        return Double.NaN;
    }

    private static double square(double value) {
        return value * value;
    }
}
