package org.lungo.family.tables.training;

import java.util.Arrays;
import java.util.List;
import org.lungo.data.Dataset;
import org.lungo.data.Rows;
import org.lungo.data.Storage;
import org.lungo.loss.Loss;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/** What training makes small, learned from the training rows alone. */
record Goal(TableTraining config, FittedTarget target, Random random) {
    private static final int ROWS_AT_ONCE = 1 << 16;

    private Objective objective() {
        return config.objective();
    }

    /** The loss, with class weights that are learned from {@code train}; its tensors live in the scope that is open now. */
    Loss loss(Rows train) {
        boolean weighted = objective().classWeights() != ClassWeights.NONE; // else the targets need not be read again
        return objective()
                .build(
                        target.task(),
                        config.more().labelSmoothing(),
                        target.classes().size(),
                        weighted ? classes(train) : new long[0]);
    }

    /** The training rows, with those of smaller classes repeated in {@code storage} if wanted. */
    Dataset evened(Dataset rows, Rows train, Storage storage) {
        if (!objective().augment().oversample()) {
            return rows;
        }
        int[] chosen = Oversampling.rows(random.stream("oversample"), classes(train));
        Dataset evened = rows.sized(chosen.length, storage);
        for (int start = 0; start < chosen.length; start += ROWS_AT_ONCE) {
            int end = Math.min(chosen.length, start + ROWS_AT_ONCE);
            try (Scope scope = Scope.open()) {
                evened.narrow(start, end - start).fill(rows.select(Arrays.copyOfRange(chosen, start, end)));
            }
        }
        return evened;
    }

    /**
     * What is done to every training batch.
     *
     * @param places of the numbers that get noise
     * @param texts columns of one kind
     * @throws IllegalArgumentException when words are to be changed and there are none
     */
    BatchTransform changes(List<Integer> places, List<Fitted.Tokens> texts) {
        Augment augment = objective().augment();
        BatchTransform changes = augment.noise() == 0 ? BatchTransform.NONE : new NumberNoise(augment.noise(), places);
        if (!augment.words().changesNothing()) {
            Check.that(
                    !texts.isEmpty(),
                    "train.augment.words must stay 0 when no column of text is read",
                    augment.words());
            List<Integer> lengths = texts.stream().map(Fitted.Tokens::length).toList();
            changes = changes.then(
                    new WordNoise(augment.words(), lengths, texts.get(0).unknown()));
        }
        return augment.mixup() == 0 ? changes : changes.then(new Mixup(augment.mixup()));
    }

    private long[] classes(Rows train) {
        boolean single = TaskCheck.oneClass(target.task());
        return single ? target.classIndices(train.column(target.column())) : new long[0];
    }
}
