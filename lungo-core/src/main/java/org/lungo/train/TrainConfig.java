package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.lungo.tensor.Check;

/**
 * How a model is trained.
 *
 * @param epochs the most passes over the training rows
 * @param batchSize rows per step
 * @param learningRate of the schedule's peak
 * @param schedule how the learning rate changes
 * @param optimizer how parameters change
 * @param earlyStop when training ends before {@code epochs}
 * @param more what is rarely changed
 */
public record TrainConfig(
        int epochs,
        int batchSize,
        double learningRate,
        ScheduleConfig schedule,
        OptimizerChoice optimizer,
        EarlyStop earlyStop,
        More more) {
    /** Learning rate, weight decay and patience as in TabM (arXiv:2410.24210, appendix D). */
    public static final TrainConfig DEFAULTS = new TrainConfig(
            200, 128, 0.002, ScheduleConfig.DEFAULTS, OptimizerChoice.DEFAULTS, EarlyStop.DEFAULTS, More.DEFAULTS);

    public TrainConfig {
        Check.positive("epochs", epochs);
        Check.positive("batch_size", batchSize);
        Check.positive("learning_rate", learningRate);
    }

    /**
     * When training ends early.
     *
     * @param patience epochs without a smaller validation loss; 0 never stops early
     * @param minDelta by how much a loss must be smaller to count
     */
    public record EarlyStop(int patience, double minDelta) {
        public static final EarlyStop DEFAULTS = new EarlyStop(16, 0);

        public EarlyStop {
            Check.notNegative("patience", patience);
            Check.notNegative("min_delta", minDelta);
        }
    }

    /**
     * What is rarely changed.
     *
     * @param clipNorm the largest length of all gradients together; 0 for no limit
     * @param clipValue the largest gradient of one parameter value; 0 for no limit
     * @param accumulate batches whose gradients are added before a step
     * @param average the decay of a moving average of the weights, which is then evaluated and kept; 0 for none
     * @param labelSmoothing the share of a class target that is spread over all classes
     * @param precision the type that products are computed in
     * @param timeLimitS seconds after which training ends with the epoch it is in; 0 for no limit
     */
    public record More(
            double clipNorm,
            double clipValue,
            int accumulate,
            double average,
            double labelSmoothing,
            Precision precision,
            double timeLimitS) {
        public static final More DEFAULTS = new More(1, 0, 1, 0, 0, Precision.FP32, 0);

        public More {
            Check.notNegative("clip_norm", clipNorm);
            Check.notNegative("clip_value", clipValue);
            Check.positive("accumulate", accumulate);
            Check.between("average", average, 0, 1);
            Check.between("label_smoothing", labelSmoothing, 0, 1);
            Check.notNegative("time_limit_s", timeLimitS);
        }
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
