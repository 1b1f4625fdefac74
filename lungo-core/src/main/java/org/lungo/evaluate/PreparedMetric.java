package org.lungo.evaluate;

import java.util.Set;
import java.util.function.Function;
import org.lungo.data.Task;

/** A metric given by what it prepares; the plain value counts every row once. */
record PreparedMetric(String name, Direction direction, Set<Task> tasks, Function<Predictions, Counted> prepare)
        implements Metric {
    @Override
    public double of(Predictions predictions) {
        return counted(predictions).of(Resample.once(predictions.rows()));
    }

    @Override
    public Counted counted(Predictions predictions) {
        requireTask(predictions.task());
        return prepare.apply(predictions);
    }
}
