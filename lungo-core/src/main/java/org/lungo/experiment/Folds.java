package org.lungo.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.DataException;
import org.lungo.data.Splits;
import org.lungo.evaluate.CrossValidation;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

/**
 * The cross-validation of a model whose examples are dealt into folds by chance. For each fold a new model, with all that is
 * learned from data, learns from the other examples.
 *
 * @param k the number of folds
 * @param order the examples as they are dealt, [examples]
 * @param random the randomness of the run
 */
public record Folds(int k, int[] order, Random random) {
    /** Fewer examples leave nothing to train on, or nothing to choose the best epoch by, next to a fold. */
    private static final int MIN_EXAMPLES = 4;

    /**
     * The examples of a fold, by their places, rising.
     *
     * @param number from 0
     * @param held those that the model is measured on
     * @param others the rest
     */
    public record Fold(int number, int[] held, int[] others) {}

    /** Trains a model and measures it; its tensors live in the scope that is open now. */
    @FunctionalInterface
    public interface Measuring {
        Map<String, Double> metrics(Fold fold) throws IOException;
    }

    /**
     * The folds of some examples.
     *
     * @param unit what they are, in the plural
     * @param data where they come from
     * @throws DataException when there are too few of them
     */
    public static Folds of(int k, int examples, String unit, String data, long seed) {
        if (examples < Math.max(k, MIN_EXAMPLES)) {
            throw new DataException(
                    "E308",
                    data + " must have at least " + Math.max(k, MIN_EXAMPLES) + " " + unit + " for evaluate.folds: " + k
                            + ". Received: " + examples);
        }
        Random random = Random.of(seed);
        return new Folds(k, random.stream("folds").permutation(examples), random);
    }

    /** Trains and measures a model for each fold; {@code listener} hears which. */
    public CrossValidation run(Listener listener, Measuring measuring) throws IOException {
        return run(k, listener, fold -> measuring.metrics(fold(fold)));
    }

    /** The same with folds that the caller makes. */
    public static CrossValidation run(int k, Listener listener, Numbered measuring) throws IOException {
        List<Map<String, Double>> folds = new ArrayList<>();
        for (int fold = 0; fold < k; fold++) {
            listener.phaseStarted("cross-validating, fold " + (fold + 1) + " of " + k);
            try (Scope scope = Scope.open()) {
                folds.add(measuring.metrics(fold));
            }
        }
        return CrossValidation.of(folds);
    }

    /** Trains a model for a fold, by its number from 0, and measures it. */
    @FunctionalInterface
    public interface Numbered {
        Map<String, Double> metrics(int fold) throws IOException;
    }

    private Fold fold(int number) {
        int[] held = IntStream.range(0, order.length)
                .filter(place -> place % k == number)
                .map(place -> order[place])
                .sorted()
                .toArray();
        return new Fold(number, held, Splits.others(order.length, held));
    }

    /**
     * The others of a fold in two parts.
     *
     * @param train to train on
     * @param validation to say which epoch is best
     */
    public record Parts(int[] train, int[] validation) {}

    /**
     * Deals the others of a fold by chance.
     *
     * @param share of the others that says which epoch is best; at least one does
     */
    public Parts dealt(Fold fold, double share) {
        int count = fold.others().length;
        int some = (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
        int[] dealt = random.stream("fold", fold.number()).permutation(count);
        return new Parts(chosen(fold.others(), dealt, some, count), chosen(fold.others(), dealt, 0, some));
    }

    private static int[] chosen(int[] places, int[] order, int from, int to) {
        return Arrays.stream(order, from, to).map(i -> places[i]).sorted().toArray();
    }
}
