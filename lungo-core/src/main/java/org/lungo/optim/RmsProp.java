package org.lungo.optim;

import java.util.List;
import java.util.Map;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * RMSProp: {@code square = alpha * square + (1 - alpha) * g^2; p -= learningRate * g / (sqrt(square) + epsilon)}, the
 * quotient gathered in a momentum if wanted. Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine
 * Learning", in PyTorch's form: epsilon outside the root, weight decay added to the gradient.
 */
public final class RmsProp implements Optimizer {
    private final Config config;
    private final List<Tensor> parameters;
    private final State state = new State();
    private final List<Tensor> squares;
    private final List<Tensor> momentums;

    private RmsProp(Config config, List<Tensor> parameters) {
        this.config = config;
        this.parameters = Gradients.requireParameters(parameters);
        this.squares = state.zerosLike("square", this.parameters);
        this.momentums = config.momentum() > 0 ? state.zerosLike("momentum", this.parameters) : List.of();
    }

    /**
     * The constants.
     *
     * @param alpha decay of the mean of squares, in [0, 1]
     * @param epsilon added to the root of the square
     * @param weightDecay how much of the parameter is added to its gradient
     * @param momentum how much of the last update is kept, in [0, 1]
     */
    public record Config(double alpha, double epsilon, double weightDecay, double momentum) implements OptimizerConfig {
        /** Those of torch.optim.RMSprop, PyTorch 2.13. */
        public static final Config DEFAULTS = new Config(0.99, 1e-8, 0, 0);

        public Config {
            Check.between("alpha", alpha, 0, 1);
            Check.notNegative("epsilon", epsilon);
            Check.notNegative("weightDecay", weightDecay);
            Check.between("momentum", momentum, 0, 1);
        }

        @Override
        public Optimizer build(List<Tensor> parameters) {
            return new RmsProp(this, parameters);
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

    private void update(int place, Tensor raw, double learningRate) {
        Tensor parameter = parameters.get(place);
        Tensor gradient = config.weightDecay() == 0 ? raw : raw.add(parameter.mul(config.weightDecay()));
        Tensor square = squares.get(place);
        square.mulInPlace(config.alpha()).addInPlace(gradient.square(), 1 - config.alpha());
        Tensor move = gradient.div(square.sqrt().add(config.epsilon()));
        if (!momentums.isEmpty()) {
            move = momentums.get(place).mulInPlace(config.momentum()).addInPlace(move, 1);
        }
        parameter.addInPlace(move, -learningRate);
    }
}
