package org.lungo.train;

import java.util.Map;
import java.util.TreeSet;
import org.lungo.evaluate.Direction;

/**
 * The value of the validation that says which epoch is the best.
 *
 * @param name {@code val_loss}, or {@code val_} and the name of a metric
 */
record Monitor(String name, Direction direction, double minDelta) {
    /**
     * What a config asks to watch.
     *
     * @param monitors the metrics that are measured after each epoch, without {@code val_}
     * @throws IllegalArgumentException for a name that is neither the loss nor one of them
     */
    static Monitor of(TrainConfig.EarlyStop config, Map<String, Direction> monitors) {
        String name = config.monitor();
        Direction direction = name.equals(EpochReport.VAL_LOSS)
                ? Direction.LOWER
                : monitors.get(name.substring(EpochReport.VALIDATION.length()));
        if (direction == null) {
            StringBuilder known = new StringBuilder(EpochReport.VAL_LOSS);
            new TreeSet<>(monitors.keySet())
                    .forEach(metric ->
                            known.append(", ").append(EpochReport.VALIDATION).append(metric));
            throw new IllegalArgumentException("early_stop.monitor must be one of: " + known + ". Received: " + name);
        }
        return new Monitor(name, direction, config.minDelta());
    }

    /** What any value of an epoch is better than. */
    double worst() {
        return direction == Direction.LOWER ? Double.MAX_VALUE : -Double.MAX_VALUE;
    }

    /** Whether {@code value} improves on {@code best} by more than the least that counts; NaN never does. */
    boolean improves(double value, double best) {
        return direction == Direction.LOWER ? value < best - minDelta : value > best + minDelta;
    }

    /**
     * Whether an epoch is better than the best so far: by the monitored value or, where that is the same, by a lower
     * validation loss. A score that is 0 in the first epochs says nothing yet, while the loss already falls.
     */
    boolean improves(EpochReport report, TrainingState before) {
        double value = report.value(name);
        if (value != before.best() || before.bestEpoch() == 0) {
            return improves(value, before.best());
        }
        return report.valLoss() < before.history().get(before.bestEpoch() - 1).valLoss();
    }
}
