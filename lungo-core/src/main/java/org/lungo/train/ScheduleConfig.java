package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Locale;
import org.lungo.optim.ReduceOnPlateau;
import org.lungo.optim.Schedule;
import org.lungo.tensor.Check;

/** How the learning rate changes. */
public record ScheduleConfig(
        @JsonPropertyDescription("The schedule; `cosine` and `one_cycle` end with the last of `train.epochs`.")
        Type type,

        @JsonPropertyDescription(
                "The number of epochs in which the learning rate first rises from 0; not for `plateau`.")
        double warmupEpochs,

        @JsonPropertyDescription("The factor by which `step` and `plateau` multiply the learning rate.")
        double factor,

        @JsonPropertyDescription(
                "With `step`, the number of epochs between reductions; with `plateau`, the number of epochs without"
                        + " improvement before one.")
        int every,

        @JsonPropertyDescription("The learning rate at which `cosine` ends, as a share of `learning_rate`.")
        double minimum,

        @JsonPropertyDescription("The share by which a loss must fall for `plateau` to count it as an improvement.")
        double threshold) {
    public static final ScheduleConfig DEFAULTS = new ScheduleConfig(Type.CONSTANT, 0, 0.1, 10, 0, 1e-4);

    public ScheduleConfig {
        Check.notNegative("warmup_epochs", warmupEpochs);
        Check.positive("factor", factor);
        Check.positive("every", every);
        Check.between("minimum", minimum, 0, 1);
        Check.notNegative("threshold", threshold);
        Check.that(
                type != Type.INVERSE_SQRT || warmupEpochs > 0,
                "schedule: inverse_sqrt falls from the end of its warm-up; set warmup_epochs, such as 2",
                "warmup_epochs: " + warmupEpochs);
        Check.that(
                type != Type.PLATEAU || warmupEpochs == 0,
                "schedule: plateau has no warmup_epochs; leave it out or choose another type",
                "warmup_epochs: " + warmupEpochs);
    }

    /** The schedules. */
    public enum Type {
        @JsonProperty("constant")
        CONSTANT,
        @JsonProperty("step")
        STEP,
        @JsonProperty("cosine")
        COSINE,
        @JsonProperty("one_cycle")
        ONE_CYCLE,
        @JsonProperty("plateau")
        PLATEAU,
        @JsonProperty("inverse_sqrt")
        INVERSE_SQRT;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Schedule build(double learningRate, long stepsPerEpoch, int epochs) {
        long warmup = Math.round(warmupEpochs * stepsPerEpoch);
        long steps = Math.max(1, stepsPerEpoch * epochs - warmup);
        Schedule schedule = switch (type) {
            case CONSTANT -> Schedule.constant(learningRate);
            case STEP -> Schedule.stepwise(learningRate, every * stepsPerEpoch, factor);
            case COSINE -> Schedule.cosine(learningRate, minimum * learningRate, steps);
            case ONE_CYCLE -> Schedule.oneCycle(learningRate, Math.max(10, steps));
            case INVERSE_SQRT -> Schedule.inverseSqrt(learningRate, Math.max(1, warmup));
            case PLATEAU ->
                new ReduceOnPlateau(
                        new ReduceOnPlateau.Config(factor, every, threshold, false), Schedule.constant(learningRate));
        };
        boolean warmsUp = warmup > 0 && type != Type.PLATEAU && type != Type.INVERSE_SQRT;
        return !warmsUp ? schedule : Schedule.warmUp(warmup, schedule);
    }
}
