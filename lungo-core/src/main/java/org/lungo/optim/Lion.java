package org.lungo.optim;

import java.util.List;
import java.util.Map;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Lion: every element moves by the learning rate, in the direction of
 * {@code sign(beta1 * mean + (1 - beta1) * gradient)}; then {@code mean = beta2 * mean + (1 - beta2) * gradient}. Weight
 * decay is decoupled. Chen et al. 2023, arXiv:2302.06675, program 1.
 */
public final class Lion implements Optimizer {
    private final Config config;
    private final List<Tensor> parameters;
    private final State state = new State();
    private final List<Tensor> means;

    private Lion(Config config, List<Tensor> parameters) {
        this.config = config;
        this.parameters = Gradients.requireParameters(parameters);
        this.means = state.zerosLike("mean", this.parameters);
    }

    /**
     * The constants.
     *
     * @param beta1 how much the mean counts in the direction, in [0, 1)
     * @param beta2 decay of the mean, in [0, 1)
     * @param weightDecay the share of a parameter that a step with learning rate 1 takes away
     */
    public record Config(double beta1, double beta2, double weightDecay) implements OptimizerConfig {
        /** Those of the paper's program 1 without weight decay; PyTorch 2.13 has no Lion. */
        public static final Config DEFAULTS = new Config(0.9, 0.99, 0);

        public Config {
            Adam.requireValid(beta1, beta2, 0, weightDecay);
        }

        @Override
        public Optimizer build(List<Tensor> parameters) {
            return new Lion(this, parameters);
        }
    }

    @Override
    public void step(double learningRate) {
        try (Scope scope = Scope.inference()) {
            Gradients gradients = Gradients.of(parameters);
            for (int i = 0; i < gradients.values().size(); i++) {
                update(gradients.place(i), gradients.values().get(i), learningRate);
            }
        }
    }

    @Override
    public void zeroGradients() {
        parameters.forEach(Tensor::clearGradient);
    }

    @Override
    public Map<String, Tensor> state() {
        return state.all();
    }

    @Override
    public void load(Map<String, Tensor> saved) {
        state.load(saved);
    }

    private void update(int place, Tensor gradient, double learningRate) {
        Tensor parameter = parameters.get(place);
        Tensor mean = means.get(place);
        Tensor direction =
                mean.mul(config.beta1()).add(gradient.mul(1 - config.beta1())).sign();
        if (config.weightDecay() > 0) {
            parameter.mulInPlace(1 - learningRate * config.weightDecay());
        }
        parameter.addInPlace(direction, -learningRate);
        mean.lerpInPlace(gradient, 1 - config.beta2());
    }
}
