package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import org.lungo.tensor.Check;

/** How a model is trained. In a file, the keys of {@code rate} and {@code objective} stand beside the others. */
public record TrainConfig(
        @JsonPropertyDescription("The most passes over the training rows.")
        int epochs,

        @JsonPropertyDescription("Rows per step.") int batchSize,

        @JsonUnwrapped Rate rate,

        @JsonPropertyDescription("How parameters change.") OptimizerChoice optimizer,

        @JsonUnwrapped Objective objective,

        @JsonPropertyDescription("When training ends before `epochs`.")
        EarlyStop earlyStop,

        @JsonPropertyDescription("What is rarely changed.") More more) {
    /** Learning rate, weight decay and patience as in TabM (arXiv:2410.24210, appendix D). */
    public static final TrainConfig DEFAULTS = new TrainConfig(
            200, 128, Rate.DEFAULTS, OptimizerChoice.DEFAULTS, Objective.DEFAULTS, EarlyStop.DEFAULTS, More.DEFAULTS);

    /** For a BERT that was trained before: Devlin et al. 2018, arXiv:1810.04805, appendix A.3, with a cosine. */
    public static final TrainConfig OF_BERT = new TrainConfig(
            3,
            32,
            new Rate(5e-5, new ScheduleConfig(ScheduleConfig.Type.COSINE, 0.3, 0.1, 10, 0, 1e-4)),
            new OptimizerChoice(
                    OptimizerChoice.Type.ADAMW,
                    0,
                    false,
                    0.01,
                    List.of(0.9, 0.999),
                    1e-6,
                    OptimizerChoice.Constants.OF_MATRICES),
            Objective.DEFAULTS,
            EarlyStop.DEFAULTS,
            More.DEFAULTS);

    public TrainConfig {
        Check.positive("epochs", epochs);
        Check.positive("batch_size", batchSize);
    }

    /** Training for the usual loss of the task, on the rows as they are. */
    public TrainConfig(
            int epochs,
            int batchSize,
            double learningRate,
            ScheduleConfig schedule,
            OptimizerChoice optimizer,
            EarlyStop earlyStop,
            More more) {
        this(epochs, batchSize, new Rate(learningRate, schedule), optimizer, Objective.DEFAULTS, earlyStop, more);
    }

    /** The learning rate of the schedule's peak. */
    public double learningRate() {
        return rate.learningRate();
    }

    /** How the learning rate changes. */
    public ScheduleConfig schedule() {
        return rate.schedule();
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
                    "What says which epoch is best, and is kept: `val_loss`, or `val_` and a metric, such as"
                            + " `val_roc_auc`.")
            String monitor,

            @JsonPropertyDescription("Epochs without a better value after which training ends; 0 never stops early.")
            int patience,

            @JsonPropertyDescription("By how much a value must be better to count.")
            double minDelta) {
        public static final EarlyStop DEFAULTS = new EarlyStop(EpochReport.VAL_LOSS, 16, 0);

        public EarlyStop {
            Monitor.direction(monitor);
            Check.notNegative("patience", patience);
            Check.notNegative("min_delta", minDelta);
        }
    }

    /** What is rarely changed. */
    public record More(
            @JsonPropertyDescription("The largest length of all gradients together; 0 for no limit.")
            double clipNorm,

            @JsonPropertyDescription("The largest gradient of one parameter value; 0 for no limit.")
            double clipValue,

            @JsonPropertyDescription("Batches whose gradients are added before a step.")
            int accumulate,

            @JsonPropertyDescription(
                    "The decay of a moving average of the weights, which is then evaluated and kept; 0 for none.")
            double average,

            @JsonPropertyDescription("The share of a class target that is spread over all classes.")
            double labelSmoothing,

            @JsonUnwrapped Computing computing,

            @JsonPropertyDescription("Seconds after which training ends with the epoch it is in; 0 for no limit.")
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

        /** The type that products are computed in. */
        public Precision precision() {
            return computing.precision();
        }
    }

    /** How a step is computed; what it gives is the same but for rounding. */
    public record Computing(
            @JsonPropertyDescription("The type that products are computed in.")
            Precision precision,

            @JsonPropertyDescription(
                    "Whether the blocks of a Transformer compute their inner values again for the gradients instead of keeping"
                            + " them: less memory, about a third more time.")
            boolean recompute) {
        public static final Computing DEFAULTS = new Computing(Precision.FP32, false);
    }

    /** The type that products are computed in. */
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
