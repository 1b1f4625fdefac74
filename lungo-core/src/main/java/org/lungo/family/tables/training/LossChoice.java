package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Locale;
import java.util.Set;
import org.lungo.data.Task;
import org.lungo.loss.BinaryCrossEntropy;
import org.lungo.loss.CrossEntropy;
import org.lungo.loss.Huber;
import org.lungo.loss.Loss;
import org.lungo.loss.MeanAbsoluteError;
import org.lungo.loss.MeanSquaredError;
import org.lungo.tensor.Check;

/** The loss of a model for tables, by its config. */
public record LossChoice(
        @JsonPropertyDescription(
                "The loss; `auto` takes a cross entropy for classes and labels, the squared error for numbers.")
        Type type,

        @JsonPropertyDescription(
                "The error at which `huber` turns from quadratic to linear, in standard deviations of the target.")
        double delta) {
    public static final LossChoice DEFAULTS = new LossChoice(Type.AUTO, Huber.DEFAULTS.delta());

    public LossChoice {
        Check.positive("delta", delta);
        Check.that(
                type == Type.HUBER || delta == Huber.DEFAULTS.delta(),
                "delta is a constant of loss: huber",
                "delta: " + delta + " with loss: " + type);
    }

    /** The losses. */
    public enum Type {
        /** The usual one of the task: a cross entropy for classes and labels, the squared error for numbers. */
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("mean_squared_error")
        MEAN_SQUARED_ERROR,
        @JsonProperty("mean_absolute_error")
        MEAN_ABSOLUTE_ERROR,
        @JsonProperty("huber")
        HUBER,
        @JsonProperty("cross_entropy")
        CROSS_ENTROPY,
        @JsonProperty("binary_cross_entropy")
        BINARY_CROSS_ENTROPY;

        /** The tasks that it can be trained for. */
        public Set<Task> tasks() {
            return switch (this) {
                case AUTO -> Set.of(Task.values());
                case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, HUBER -> Set.of(Task.REGRESSION);
                case CROSS_ENTROPY -> Set.of(Task.MULTICLASS);
                case BINARY_CROSS_ENTROPY -> Set.of(Task.BINARY, Task.MULTILABEL);
            };
        }

        /** The name in configuration files, for example {@code huber}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The loss that is meant for {@code task}; itself unless it is {@code auto}. */
    Type forTask(Task task) {
        if (type != Type.AUTO) {
            return type;
        }
        return switch (task) {
            case MULTICLASS -> Type.CROSS_ENTROPY;
            case BINARY, MULTILABEL -> Type.BINARY_CROSS_ENTROPY;
            case REGRESSION -> Type.MEAN_SQUARED_ERROR;
        };
    }

    Loss build(Task task, double labelSmoothing) {
        return switch (forTask(task)) {
            case MEAN_ABSOLUTE_ERROR -> new MeanAbsoluteError();
            case HUBER -> new Huber(delta);
            case CROSS_ENTROPY -> new CrossEntropy(null, labelSmoothing);
            case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy(null, labelSmoothing);
            case MEAN_SQUARED_ERROR, AUTO -> new MeanSquaredError();
        };
    }
}
