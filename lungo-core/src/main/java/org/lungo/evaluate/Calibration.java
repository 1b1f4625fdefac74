package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.data.Task;

/**
 * Whether probabilities mean what they say: of the rows given 0.8, are 80% right? Bins are equally wide, open below and
 * closed above; 0 belongs to the first. Of fewer than {@link #BINS} times {@link #FEWEST} answers, which would leave bins
 * with a few, each bin holds about the same number, and at least {@link #FEWEST}; equal probabilities are in one bin. Binary and multilabel compare the probability of the positive answer with how
 * often it is true, multiclass the probability of the decided class with how often the decision is right.
 *
 * @param bins the bins that hold rows, from low to high
 * @param error mean over rows of |confidence - hits| of their bin
 */
public record Calibration(List<Bin> bins, double error) {
    /** The number of bins, as in Guo et al. 2017, arXiv:1706.04599. */
    public static final int BINS = 15;

    /** The minimum number of answers of a bin where there are few: 20 give a share with a standard error of about 0.1. */
    public static final int FEWEST = 20;

    /**
     * One bin.
     *
     * @param confidence mean probability of its rows
     * @param hits share of its rows for which it came true
     * @param rows how many rows (multilabel: row and label pairs)
     */
    public record Bin(double confidence, double hits, long rows) {}

    /** The calibration of classification predictions. */
    public static Calibration of(Predictions predictions) {
        Binned binned = Binned.of(predictions);
        if (binned.bin().length < BINS * FEWEST) {
            binned.divide();
        }
        return binned.count(Resample.once(predictions.rows()));
    }

    /** Every answer with its bin of equal width, found once. {@code row[i]} is the row that answer {@code i} belongs to. */
    record Binned(int[] row, int[] bin, double[] confidence, double[] hit) {
        static Binned of(Predictions predictions) {
            int perRow = predictions.task() == Task.MULTILABEL ? predictions.width() : 1;
            int answers = predictions.rows() * perRow;
            Binned binned = new Binned(new int[answers], new int[answers], new double[answers], new double[answers]);
            for (int i = 0; i < answers; i++) {
                int row = i / perRow;
                int column = switch (predictions.task()) {
                    case BINARY -> 1;
                    case MULTICLASS -> predictions.decision(row);
                    case MULTILABEL -> i % perRow;
                    case REGRESSION ->
                        throw new IllegalArgumentException("calibration is for classification. Received: regression");
                };
                double truth = predictions.task() == Task.MULTILABEL
                        ? predictions.targets()[row][column]
                        : (predictions.target(row) == column ? 1 : 0);
                binned.set(i, row, predictions.scores()[row][column], truth);
            }
            return binned;
        }

        /** Gives each bin about the same number of answers. */
        private void divide() {
            int answers = bin.length;
            int size = answers / Math.max(1, answers / FEWEST);
            int[] order = IntStream.range(0, answers)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> confidence[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int current = 0;
            int held = 0;
            for (int place = 0; place < answers; place++) {
                boolean tied = place > 0 && confidence[order[place]] == confidence[order[place - 1]];
                if (held >= size && !tied && answers - place >= FEWEST) {
                    current++;
                    held = 0;
                }
                bin[order[place]] = current;
                held++;
            }
        }

        private void set(int i, int owner, double probability, double truth) {
            row[i] = owner;
            bin[i] = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(probability * BINS) - 1));
            confidence[i] = probability;
            hit[i] = truth;
        }

        Calibration count(int[] counts) {
            double[] confidences = new double[BINS];
            double[] hits = new double[BINS];
            long[] rows = new long[BINS];
            long total = 0;
            for (int i = 0; i < bin.length; i++) {
                int times = counts[row[i]];
                confidences[bin[i]] += times * confidence[i];
                hits[bin[i]] += times * hit[i];
                rows[bin[i]] += times;
                total += times;
            }
            List<Bin> bins = new ArrayList<>();
            double error = 0;
            for (int b = 0; b < BINS; b++) {
                if (rows[b] > 0) {
                    bins.add(new Bin(confidences[b] / rows[b], hits[b] / rows[b], rows[b]));
                    error += Math.abs(confidences[b] - hits[b]);
                }
            }
            return new Calibration(List.copyOf(bins), Confusion.ratio(error, total));
        }
    }
}
