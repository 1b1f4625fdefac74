package org.lungo.family.labelling.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.DataException;
import org.lungo.data.Splits;
import org.lungo.evaluate.CrossValidation;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

/**
 * The cross-validation of a model that labels tokens. The sentences of {@code data.path} are dealt into folds by chance; for
 * each a new model, with words and labels of its own, learns from the others. The sentences that say which epoch is best are
 * those of {@code data.validation}, or as large a share of the others as in the run itself.
 */
record LabellingFolds(LabellingConfig config, LabelledCorpus all, Random random) {
    /** So that beside a fold one sentence is left to train on, and one to choose an epoch by. */
    private static final int FEWEST = 4;

    /**
     * The folds that {@code config} asks for.
     *
     * @throws DataException when there are too few sentences
     */
    static LabellingFolds of(LabellingConfig config, LabelledCorpus all) {
        int k = config.evaluate().folds();
        int count = all.sentences().size();
        if (k > 0 && (count < FEWEST || k > count)) {
            throw new DataException(
                    "E308",
                    config.data().path() + " must have at least " + Math.max(k, FEWEST)
                            + " sentences for evaluate.folds: " + k + ". Received: " + count);
        }
        return new LabellingFolds(config, all, Random.of(config.seed()));
    }

    /** Trains and measures a model for each fold; {@code listener} hears which. */
    CrossValidation run(LabelledCorpus validation, Listener listener) throws IOException {
        int k = config.evaluate().folds();
        int[] order = random.stream("folds").permutation(all.sentences().size());
        List<Map<String, Double>> folds = new ArrayList<>();
        for (int fold = 0; fold < k; fold++) {
            listener.phaseStarted("cross-validating, fold " + (fold + 1) + " of " + k);
            try (Scope scope = Scope.open()) {
                LabellingAttempt attempt = LabellingAttempt.of(config, parts(fold, order, validation));
                attempt.learn(null, Listener.NONE);
                folds.add(attempt.scores().metrics());
            }
        }
        return CrossValidation.of(folds);
    }

    private LabellingParts parts(int fold, int[] order, LabelledCorpus validation) {
        int k = config.evaluate().folds();
        int[] held = IntStream.range(0, order.length)
                .filter(place -> place % k == fold)
                .map(place -> order[place])
                .sorted()
                .toArray();
        int[] train = Splits.others(order.length, held);
        LabelledCorpus chosenBy = validation;
        if (config.data().validation() == null) {
            double share = config.data().heldOut() / (1 - config.data().heldOut());
            int some = (int) Math.max(1, Math.min(train.length - 1, Math.round(share * train.length)));
            int[] rest = random.stream("fold", fold).permutation(train.length);
            chosenBy = all.select(chosen(train, rest, 0, some));
            train = chosen(train, rest, some, train.length);
        }
        return new LabellingParts(all.select(train), chosenBy, all.select(held), all, List.of());
    }

    private static int[] chosen(int[] places, int[] order, int from, int to) {
        return Arrays.stream(order, from, to).map(i -> places[i]).sorted().toArray();
    }
}
