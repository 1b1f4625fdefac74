package org.lungo.train;

import org.lungo.evaluate.Direction;
import org.lungo.evaluate.Metrics;

/**
 * The value of the validation rows that says which epoch is the best.
 *
 * @param name {@code val_loss}, or {@code val_} and the name of a metric
 */
record Monitor(String name, Direction direction, double minDelta) {
    static Monitor of(TrainConfig.EarlyStop config) {
        return new Monitor(config.monitor(), direction(config.monitor()), config.minDelta());
    }

    /**
     * Which way a monitored value improves.
     *
     * @throws IllegalArgumentException for a name that is neither the loss nor a metric
     */
    static Direction direction(String name) {
        if (name.equals(EpochReport.VAL_LOSS)) {
            return Direction.LOWER;
        }
        if (!name.startsWith(EpochReport.VALIDATION)) {
            throw new IllegalArgumentException(
                    "monitor must be val_loss, or val_ and the name of a metric such as val_accuracy. Received: "
                            + name);
        }
        return Metrics.named(name.substring(EpochReport.VALIDATION.length())).direction();
    }

    /** What any value of an epoch is better than. */
    double worst() {
        return direction == Direction.LOWER ? Double.MAX_VALUE : -Double.MAX_VALUE;
    }

    /** Whether {@code value} improves on {@code best} by more than the least that counts; NaN never does. */
    boolean improves(double value, double best) {
        return direction == Direction.LOWER ? value < best - minDelta : value > best + minDelta;
    }
}
