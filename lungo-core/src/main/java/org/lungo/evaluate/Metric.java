package org.lungo.evaluate;

import java.util.Arrays;
import java.util.Set;
import org.lungo.data.Task;

/**
 * One number that says how good predictions are. A custom metric implements the four abstract methods;
 * {@link #counted} needs to be overridden only to make the bootstrap faster.
 *
 * <p>An undefined metric (ROC AUC when the targets hold one class only, MAPE with a target of zero) is NaN, never a
 * number that stands in for it. NaN becomes null in JSON with a notice, and fails every gate.
 */
public interface Metric {
    /** The name in configuration files and reports, for example {@code roc_auc}. */
    String name();

    /** Which way it improves. */
    Direction direction();

    /** The tasks it can be computed for. */
    Set<Task> tasks();

    /**
     * The value on these predictions, NaN where undefined.
     *
     * @throws IllegalArgumentException when the task is not one of {@link #tasks}
     */
    double of(Predictions predictions);

    /** The same metric prepared for resampling these rows. */
    default Counted counted(Predictions predictions) {
        return counts -> {
            int[] rows = Resample.rows(counts);
            return rows.length == 0 ? Double.NaN : of(predictions.select(rows));
        };
    }

    /** Fails when this metric cannot be computed for {@code task}. */
    default void requireTask(Task task) {
        if (!tasks().contains(task)) {
            throw new IllegalArgumentException("metric '" + name() + "' is for " + names(tasks()) + ". Received: "
                    + task + "; choose one of " + String.join(", ", Metrics.namesFor(task)));
        }
    }

    private static String names(Set<Task> tasks) {
        return String.join(
                ", ",
                Arrays.stream(Task.values())
                        .filter(tasks::contains)
                        .map(Task::toString)
                        .toList());
    }
}
