package org.lungo.experiment;

import java.util.Arrays;
import java.util.List;
import org.lungo.data.Dataset;
import org.lungo.data.Rows;
import org.lungo.data.Storage;
import org.lungo.loss.Loss;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.BatchTransform;
import org.lungo.train.ClassWeights;
import org.lungo.train.NumberNoise;
import org.lungo.train.Objective;
import org.lungo.train.Oversampling;
import org.lungo.train.TrainConfig;

/** What training makes small, learned from the training rows alone. */
record Goal(TrainConfig config, FittedTarget target, Random random) {
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

    /** The noise on the numbers at {@code places} of every training batch. */
    BatchTransform noise(List<Integer> places) {
        double deviation = objective().augment().noise();
        return deviation == 0 ? BatchTransform.NONE : new NumberNoise(deviation, places);
    }

    private long[] classes(Rows train) {
        boolean single = TaskCheck.oneClass(target.task());
        return single ? target.classIndices(train.column(target.column())) : new long[0];
    }
}
