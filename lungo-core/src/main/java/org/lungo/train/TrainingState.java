package org.lungo.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.optim.ReduceOnPlateau;

/**
 * Where training stands at the end of an epoch; with the weights and the optimiser's state all that is needed to continue.
 * Random streams need no state: they start anew from the seed in every epoch and step.
 *
 * @param best the best value that the monitor saw
 * @param bestEpoch the epoch in which it was reached
 * @param plateau the state of a {@code plateau} schedule
 */
public record TrainingState(
        int epoch,
        long step,
        double best,
        int bestEpoch,
        ReduceOnPlateau.@Nullable State plateau,
        List<EpochReport> history) {
    public TrainingState {
        history = List.copyOf(history);
    }

    /** Before the first epoch. */
    static TrainingState start(double worst) {
        return new TrainingState(0, 0, worst, 0, null, List.of());
    }
}
