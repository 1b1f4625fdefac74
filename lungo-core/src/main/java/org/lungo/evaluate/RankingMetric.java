package org.lungo.evaluate;

import java.util.Arrays;
import java.util.Set;
import org.lungo.data.Task;

/** Metrics of the order of the scores: area under the ROC curve, average precision, label ranking. */
final class RankingMetric {
    private RankingMetric() {}

    /**
     * The chance that a positive row scores above a negative one, ties counting half (Mann-Whitney). Multiclass: one
     * class against the rest, macro average. NaN for a class that all or no rows have.
     */
    static Metric rocAuc() {
        return new PreparedMetric("roc_auc", Direction.HIGHER, DecisionMetric.ALL, predictions -> {
            return Averages.perColumn(predictions, RankingMetric::area);
        });
    }

    /**
     * Average precision, {@code sum over thresholds of (R_n - R_(n-1)) P_n}, without interpolation. Multiclass: one
     * class against the rest, macro average. NaN for a class without rows.
     */
    static Metric prAuc() {
        return new PreparedMetric("pr_auc", Direction.HIGHER, DecisionMetric.ALL, predictions -> {
            return Averages.perColumn(predictions, RankingMetric::averagePrecision);
        });
    }

    /**
     * For each true label, the share of true labels among those ranked at least as high, averaged; with one true label
     * per row this is the mean reciprocal rank. Ties take the worst rank. A row with no label or with all of them counts
     * as 1, as in scikit-learn.
     */
    static Metric labelRanking() {
        Set<Task> tasks = Set.of(Task.MULTICLASS, Task.MULTILABEL);
        return new PreparedMetric("label_ranking_average_precision", Direction.HIGHER, tasks, predictions -> {
            double[] perRow = new double[predictions.rows()];
            double[][] relevant = new double[predictions.width()][];
            Arrays.setAll(relevant, predictions::targetsOf);
            for (int row = 0; row < perRow.length; row++) {
                perRow[row] = labelRanking(predictions.scores()[row], relevant, row);
            }
            return Counted.mean(perRow);
        });
    }

    private static Counted area(double[] scores, double[] targets) {
        Ranks ranks = Ranks.of(scores);
        int[] positiveRows = Ranks.where(targets, 1);
        int[] negativeRows = Ranks.where(targets, 0);
        return counts -> {
            long[] positives = ranks.count(counts, positiveRows);
            long[] negatives = ranks.count(counts, negativeRows);
            double area = 0;
            double below = 0;
            double total = 0;
            for (int g = 0; g < positives.length; g++) {
                area += positives[g] * (below + negatives[g] / 2.0);
                below += negatives[g];
                total += positives[g];
            }
            return Confusion.ratio(area, total * below);
        };
    }

    private static Counted averagePrecision(double[] scores, double[] targets) {
        Ranks ranks = Ranks.of(scores);
        int[] positiveRows = Ranks.where(targets, 1);
        return counts -> {
            long[] positives = ranks.count(counts, positiveRows);
            long[] all = ranks.count(counts);
            double hits = 0;
            double seen = 0;
            double sum = 0;
            for (int g = positives.length - 1; g >= 0; g--) {
                hits += positives[g];
                seen += all[g];
                if (positives[g] > 0) {
                    sum += positives[g] * hits / seen;
                }
            }
            return Confusion.ratio(sum, hits);
        };
    }

    private static double labelRanking(double[] scores, double[][] relevant, int row) {
        double sum = 0;
        int labels = 0;
        for (int label = 0; label < scores.length; label++) {
            if (relevant[label][row] == 1) {
                int rank = 0;
                int found = 0;
                for (int other = 0; other < scores.length; other++) {
                    if (scores[other] >= scores[label]) {
                        rank++;
                        found += (int) relevant[other][row];
                    }
                }
                sum += (double) found / rank;
                labels++;
            }
        }
        return labels == 0 || labels == scores.length ? 1 : sum / labels;
    }
}
