package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lungo.optim.Adam;
import org.lungo.optim.AdamW;
import org.lungo.optim.Lion;
import org.lungo.optim.Optimizer;
import org.lungo.optim.OptimizerConfig;
import org.lungo.optim.ParameterGroups;
import org.lungo.optim.RmsProp;
import org.lungo.optim.Sgd;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/** Which optimiser, with its constants. A constant that the optimiser does not have must be left as it is. */
public record OptimizerChoice(
        @JsonPropertyDescription("The optimiser.") Type type,

        @JsonPropertyDescription("The momentum of `sgd` and `rmsprop`.")
        double momentum,

        @JsonPropertyDescription("Whether `sgd` uses Nesterov momentum; needs a momentum.")
        boolean nesterov,

        @JsonPropertyDescription(
                "The weight decay; `adamw` and `lion` apply it to the weights, the others to the gradients.")
        double weightDecay,

        @JsonPropertyDescription(
                "The two decay rates of `adam`, `adamw` and `lion`; empty for the optimiser's defaults, 0.9 and 0.999"
                        + " (`lion`: 0.9 and 0.99).")
        List<Double> betas,

        @JsonPropertyDescription("The number that `adam`, `adamw` and `rmsprop` add to the root in the denominator.")
        double epsilon,

        @JsonPropertyDescription("Settings that are rarely changed.")
        Constants more) {
    /** The weight decay is TabM's (arXiv:2410.24210, appendix D), the other constants are PyTorch 2.13's. */
    public static final OptimizerChoice DEFAULTS = new OptimizerChoice(Type.ADAMW, 0, false, 3e-4);

    private static final double EPSILON = 1e-8;

    public OptimizerChoice {
        betas = List.copyOf(betas);
        Check.between("momentum", momentum, 0, 1);
        Check.notNegative("weight_decay", weightDecay);
        Check.positive("epsilon", epsilon);
        Check.that(!nesterov || momentum > 0, "nesterov needs a momentum above 0", "momentum: " + momentum);
        Check.that(
                betas.isEmpty() || betas.size() == 2 && betas.stream().allMatch(beta -> beta >= 0 && beta < 1),
                "betas must be two numbers, at least 0 and below 1, or empty",
                betas);
        type.requireHas("momentum", momentum == 0, Type.SGD, Type.RMSPROP);
        type.requireHas("nesterov", !nesterov, Type.SGD);
        type.requireHas("betas", betas.isEmpty(), Type.ADAM, Type.ADAMW, Type.LION);
        type.requireHas("epsilon", epsilon == EPSILON, Type.ADAM, Type.ADAMW, Type.RMSPROP);
        type.requireHas("more.alpha", more.alpha() == Constants.DEFAULTS.alpha(), Type.RMSPROP);
        type.requireHas("more.dampening", more.dampening() == 0, Type.SGD);
        type.requireHas("more.amsgrad", !more.amsgrad(), Type.ADAM, Type.ADAMW);
        Check.that(
                !nesterov || more.dampening() == 0,
                "nesterov must go without dampening",
                "dampening: " + more.dampening());
    }

    /** The optimiser's own constants but these. */
    public OptimizerChoice(Type type, double momentum, boolean nesterov, double weightDecay) {
        this(type, momentum, nesterov, weightDecay, List.of(), EPSILON, Constants.DEFAULTS);
    }

    /** Settings that are rarely changed. */
    public record Constants(
            @JsonPropertyDescription("The decay rate of the mean of squared gradients in `rmsprop`.")
            double alpha,

            @JsonPropertyDescription("The share of the gradient that the momentum of `sgd` leaves out.")
            double dampening,

            @JsonPropertyDescription(
                    "Whether `adam` and `adamw` divide by the largest mean of squares so far (AMSGrad).")
            boolean amsgrad,

            @JsonPropertyDescription(
                    "What `weight_decay` applies to: `all` weights, or only `matrices`, which leaves biases and the"
                            + " scales of"
                            + " normalisation as they are.")
            Decayed decay) {
        public static final Constants DEFAULTS = new Constants(0.99, 0, false, Decayed.ALL);

        /** Those of language models: GPT-2's and nanoGPT's leave biases and scales as they are. */
        public static final Constants OF_MATRICES = new Constants(0.99, 0, false, Decayed.MATRICES);

        public Constants {
            Check.between("alpha", alpha, 0, 1);
            Check.between("dampening", dampening, 0, 1);
        }
    }

    /** What weight decay draws to 0. */
    public enum Decayed {
        @JsonProperty("all")
        ALL,
        @JsonProperty("matrices")
        MATRICES;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
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

        private void requireHas(String constant, boolean untouched, Type... owners) {
            Check.that(
                    untouched || List.of(owners).contains(this),
                    constant + " is a constant of " + Arrays.toString(owners) + "; leave it out",
                    "optimizer: " + this);
        }

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The optimiser of {@code parameters}, at least one. */
    Optimizer build(List<Tensor> parameters) {
        if (more.decay() == Decayed.ALL || weightDecay == 0) {
            return config(weightDecay).build(parameters);
        }
        List<Optimizer> groups = new ArrayList<>();
        for (boolean matrices : new boolean[] {true, false}) {
            List<Tensor> group = parameters.stream()
                    .filter(parameter -> matrices == parameter.shape().length > 1)
                    .toList();
            if (!group.isEmpty()) {
                groups.add(config(matrices ? weightDecay : 0).build(group));
            }
        }
        return ParameterGroups.of(groups);
    }

    private OptimizerConfig config(double decay) {
        double first = betas.isEmpty() ? 0.9 : betas.get(0);
        double second = betas.isEmpty() ? type == Type.LION ? 0.99 : 0.999 : betas.get(1);
        return switch (type) {
            case SGD -> new Sgd.Config(momentum, nesterov, decay, more.dampening());
            case RMSPROP -> new RmsProp.Config(more.alpha(), epsilon, decay, momentum);
            case ADAM -> new Adam.Config(first, second, epsilon, decay, more.amsgrad());
            case ADAMW -> new AdamW.Config(first, second, epsilon, decay, more.amsgrad());
            case LION -> new Lion.Config(first, second, decay);
        };
    }
}
