package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Locale;
import org.lungo.optim.Adam;
import org.lungo.optim.AdamW;
import org.lungo.optim.Lion;
import org.lungo.optim.Optimizer;
import org.lungo.optim.OptimizerConfig;
import org.lungo.optim.RmsProp;
import org.lungo.optim.Sgd;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/** Which optimiser, with the constants that are worth changing; all others are PyTorch's. */
public record OptimizerChoice(
        @JsonPropertyDescription("Which optimiser.") Type type,

        @JsonPropertyDescription("The momentum of `sgd` and `rmsprop`.")
        double momentum,

        @JsonPropertyDescription("Whether `sgd` looks ahead; needs a momentum.")
        boolean nesterov,

        @JsonPropertyDescription(
                "How strongly weights are drawn to 0; `adamw` and `lion` apply it to the weights, the others to the gradients.")
        double weightDecay) {
    public static final OptimizerChoice DEFAULTS = new OptimizerChoice(Type.ADAMW, 0, false, 3e-4);

    public OptimizerChoice {
        Check.between("momentum", momentum, 0, 1);
        Check.notNegative("weight_decay", weightDecay);
        Check.that(!nesterov || momentum > 0, "nesterov needs a momentum above 0", "momentum: " + momentum);
    }

    /** The optimisers. */
    public enum Type {
        @JsonProperty("sgd")
        SGD,
        @JsonProperty("rmsprop")
        RMSPROP,
        @JsonProperty("adam")
        ADAM,
        @JsonProperty("adamw")
        ADAMW,
        @JsonProperty("lion")
        LION;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Optimizer build(List<Tensor> parameters) {
        OptimizerConfig config = switch (type) {
            case SGD -> new Sgd.Config(momentum, nesterov, weightDecay, 0);
            case RMSPROP -> new RmsProp.Config(0.99, 1e-8, weightDecay, momentum);
            case ADAM -> new Adam.Config(0.9, 0.999, 1e-8, weightDecay, false);
            case ADAMW -> new AdamW.Config(0.9, 0.999, 1e-8, weightDecay, false);
            case LION -> new Lion.Config(0.9, 0.99, weightDecay);
        };
        return config.build(parameters);
    }
}
