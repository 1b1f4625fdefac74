package org.lungo.evaluate;

import java.util.function.DoubleBinaryOperator;
import org.lungo.data.Task;

/** Metrics of the probabilities themselves: log loss, Brier score and calibration error. */
final class ProbabilityMetric {
    /** Probabilities are kept this far from 0, so that one sure and wrong answer costs 34.5 and not infinity. */
    static final double LOG_FLOOR = 1e-15;

    private ProbabilityMetric() {}

    /** Mean of {@code -ln p(true class)}; multilabel: mean over rows and labels of the binary cross-entropy. */
    static Metric logLoss() {
        return new PreparedMetric("log_loss", Direction.LOWER, DecisionMetric.ALL, predictions -> {
            if (predictions.task() == Task.MULTILABEL) {
                return meanOverLabels(predictions, (p, y) -> -log(y == 1 ? p : 1 - p));
            }
            double[] perRow = new double[predictions.rows()];
            for (int row = 0; row < perRow.length; row++) {
                perRow[row] = -log(predictions.scores()[row][predictions.target(row)]);
            }
            return Counted.mean(perRow);
        });
    }

    /**
     * Brier 1950. Binary and multilabel: mean of {@code (p - y)²}, in [0, 1]. Multiclass: the sum over the classes of
     * it, in [0, 2].
     */
    static Metric brier() {
        return new PreparedMetric("brier", Direction.LOWER, DecisionMetric.ALL, predictions -> {
            if (predictions.task() != Task.MULTICLASS) {
                return meanOverLabels(predictions, (p, y) -> (p - y) * (p - y));
            }
            double[] perRow = new double[predictions.rows()];
            for (int row = 0; row < perRow.length; row++) {
                double[] scores = predictions.scores()[row];
                for (int c = 0; c < scores.length; c++) {
                    double difference = scores[c] - (c == predictions.target(row) ? 1 : 0);
                    perRow[row] += difference * difference;
                }
            }
            return Counted.mean(perRow);
        });
    }

    /**
     * Expected calibration error over {@link Calibration#BINS} equal-width bins: the mean over rows of the distance
     * between a bin's mean confidence and its share of hits. Guo et al. 2017, arXiv:1706.04599, section 2.
     */
    static Metric calibrationError() {
        return new PreparedMetric("ece", Direction.LOWER, DecisionMetric.ALL, predictions -> {
            Calibration.Binned binned = Calibration.Binned.of(predictions);
            return counts -> binned.count(counts).error();
        });
    }

    private static Counted meanOverLabels(Predictions predictions, DoubleBinaryOperator loss) {
        return Averages.perColumn(predictions, (scores, targets) -> {
            double[] perRow = new double[scores.length];
            for (int row = 0; row < perRow.length; row++) {
                perRow[row] = loss.applyAsDouble(scores[row], targets[row]);
            }
            return Counted.mean(perRow);
        });
    }

    private static double log(double probability) {
        return Math.log(Math.min(Math.max(probability, LOG_FLOOR), 1));
    }
}
