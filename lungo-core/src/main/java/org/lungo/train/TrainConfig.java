package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;
import java.util.Map;
import org.lungo.evaluate.Direction;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;

/**
 * The settings of the {@link Trainer}: how long, how far a step goes, and when to stop. What the batches are and what is made
 * small is the {@link Lesson}'s.
 *
 * @param epochs the maximum number of passes over the examples
 * @param optimizer how parameters change
 * @param earlyStop the rule by which training ends before {@code epochs}
 * @param more what is rarely changed
 */
public record TrainConfig(int epochs, Rate rate, OptimizerChoice optimizer, EarlyStop earlyStop, More more) {
    public TrainConfig {
        Check.positive("epochs", epochs);
    }

    /** The learning rate of the schedule's peak. */
    public double learningRate() {
        return rate.learningRate();
    }

    /** How the learning rate changes. */
    public ScheduleConfig schedule() {
        return rate.schedule();
    }

    /** The type that large products are computed in. */
    public DType products() {
        return more.precision() == Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32;
    }

    /** How far a step goes. */
    public record Rate(
            @JsonPropertyDescription("The learning rate at the schedule's peak.")
            double learningRate,

            @JsonPropertyDescription("How the learning rate changes.")
            ScheduleConfig schedule) {
        public static final Rate DEFAULTS = new Rate(0.002, ScheduleConfig.DEFAULTS);

        public Rate {
            Check.positive("learning_rate", learningRate);
        }
    }

    /** When training ends early. */
    public record EarlyStop(
            @JsonPropertyDescription(
                    "The value that decides which epoch is best and kept: `val_loss`, or `val_` and a metric: of"
                            + " tables such as"
                            + " `val_roc_auc`, of labelling `val_f1`, of translations `val_bleu`, of language models"
                            + " `val_perplexity`.")
            String monitor,

            @JsonPropertyDescription(
                    "The number of epochs without a better value after which training ends; 0 never stops early.")
            int patience,

            @JsonPropertyDescription("The minimum change that counts as an improvement.")
            double minDelta) {
        public static final EarlyStop DEFAULTS = new EarlyStop(EpochReport.VAL_LOSS, 16, 0);

        public EarlyStop {
            Check.that(
                    monitor.startsWith(EpochReport.VALIDATION),
                    "monitor must be val_loss, or val_ and the name of a metric such as val_accuracy",
                    monitor);
            Check.notNegative("patience", patience);
            Check.notNegative("min_delta", minDelta);
        }

        /**
         * Refuses a monitor that is never computed.
         *
         * @param monitors what a {@link Lesson} measures besides the loss
         */
        public void requireOneOf(Map<String, Direction> monitors) {
            Monitor.of(this, monitors);
        }
    }

    /** Settings that are rarely changed. */
    public record More(
            @JsonPropertyDescription("The maximum norm of all gradients together; 0 for no limit.")
            double clipNorm,

            @JsonPropertyDescription("The maximum absolute value of a gradient; 0 for no limit.")
            double clipValue,

            @JsonPropertyDescription("The number of batches whose gradients are accumulated before a step.")
            int accumulate,

            @JsonPropertyDescription(
                    "The decay rate of a moving average of the weights, which is then evaluated and kept; 0 for none.")
            double average,

            @JsonPropertyDescription("The share of the target probability that is spread over all classes.")
            double labelSmoothing,

            @JsonUnwrapped Computing computing,

            @JsonPropertyDescription(
                    "The number of seconds after which training ends with the current epoch; 0 for no limit.")
            double timeLimitS) {
        public static final More DEFAULTS = new More(1, 0, 1, 0, 0, Computing.DEFAULTS, 0);

        public More {
            Check.notNegative("clip_norm", clipNorm);
            Check.notNegative("clip_value", clipValue);
            Check.positive("accumulate", accumulate);
            Check.that(average >= 0 && average < 1, "average must be at least 0 and below 1", average);
            Check.that(
                    labelSmoothing >= 0 && labelSmoothing < 1,
                    "label_smoothing must be at least 0 and below 1",
                    labelSmoothing);
            Check.notNegative("time_limit_s", timeLimitS);
        }

        /** The type in which matrix products are computed. */
        public Precision precision() {
            return computing.precision();
        }
    }

    /** How a step is computed; what it gives is the same but for rounding. */
    public record Computing(
            @JsonPropertyDescription("The type in which matrix products are computed.")
            Precision precision,

            @JsonPropertyDescription(
                    "Whether the blocks of a Transformer recompute their activations for the gradients instead of"
                            + " keeping"
                            + " them: less memory, about a third more time.")
            boolean recompute) {
        public static final Computing DEFAULTS = new Computing(Precision.FP32, false);
    }

    /** The type in which matrix products are computed. */
    public enum Precision {
        @JsonProperty("fp32")
        FP32,
        @JsonProperty("bf16")
        BF16;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
