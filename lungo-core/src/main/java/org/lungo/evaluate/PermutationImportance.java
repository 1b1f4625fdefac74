package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much worse the predictions become when one feature's values are shuffled among the rows: Breiman 2001, "Random
 * Forests", section 10; Fisher, Rudin and Dominici 2019, arXiv:1801.01489. Features that carry the same information
 * share it, so each of them alone can look unimportant.
 *
 * @param repeats shuffles per feature
 * @param seed each feature and repeat has its own stream, so adding a feature leaves the others as they are
 */
public record PermutationImportance(int repeats, long seed) {
    /** Five shuffles, as in scikit-learn. */
    public static final PermutationImportance STANDARD = new PermutationImportance(5, 42);

    public PermutationImportance {
        if (repeats < 1) {
            throw new IllegalArgumentException("importance needs one repeat or more. Received: " + repeats);
        }
    }

    /**
     * One feature's importance.
     *
     * @param mean how much worse the metric becomes, in its own unit; 0 or below means the feature is of no use
     * @param std sample standard deviation over the repeats; NaN for one repeat
     */
    public record Importance(String feature, double mean, double std) {}

    /** Predicts the evaluated rows with one feature taken from other rows. */
    @FunctionalInterface
    public interface Shuffled {
        /**
         * @param feature index of the shuffled feature
         * @param rows [rows] row {@code i} takes its value of the feature from row {@code rows[i]}
         */
        Predictions predict(int feature, int[] rows);
    }

    /**
     * The importance of every feature, the most important first.
     *
     * @param intact the predictions with nothing shuffled
     */
    public List<Importance> of(List<String> features, Predictions intact, Metric metric, Shuffled shuffled) {
        double reference = metric.of(intact);
        if (Double.isNaN(reference)) {
            throw new IllegalArgumentException("importance needs a metric that is defined on the rows. Received: "
                    + metric.name() + ", which is not; choose another, such as "
                    + Metrics.namesFor(intact.task()).get(0));
        }
        List<Importance> all = new ArrayList<>();
        for (int feature = 0; feature < features.size(); feature++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003L + feature);
            double[] losses = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++) {
                double value = metric.of(shuffled.predict(feature, permutation(random, intact.rows())));
                losses[repeat] = metric.direction().loss(reference, value);
            }
            Spread spread = Spread.of(losses);
            all.add(new Importance(features.get(feature), spread.mean(), spread.std()));
        }
        all.sort(Comparator.comparingDouble(Importance::mean).reversed());
        return List.copyOf(all);
    }

    /** Fisher and Yates's shuffle. */
    private static int[] permutation(SplittableRandom random, int rows) {
        int[] permutation = new int[rows];
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }
}
