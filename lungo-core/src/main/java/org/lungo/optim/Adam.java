package org.lungo.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Device;
import org.lungo.tensor.FusedUpdate;
import org.lungo.tensor.FusedUpdate.AdamRule;
import org.lungo.tensor.FusedUpdate.AdamState;
import org.lungo.tensor.Tensor;

/**
 * Adam: each element of a parameter moves by {@code learningRate * mean / (sqrt(square) + epsilon)}, where mean and
 * square are bias-corrected moving averages of its gradient and the gradient's square. Kingma and Ba 2014,
 * arXiv:1412.6980, algorithm 1; amsgrad (the largest square so far) by Reddi et al. 2018, arXiv:1904.09237. Weight decay
 * is added to the gradient, as in PyTorch; for the decoupled kind take {@link AdamW}.
 */
public final class Adam implements Optimizer {
    private final AdamRule rule;
    private final List<Tensor> parameters;
    private final State state = new State();
    private final Tensor one;
    /** [parameters]: the number of each one's next step. */
    private final Tensor steps;

    private final AdamState memory;
    private final FusedUpdate all;

    Adam(AdamRule rule, List<Tensor> parameters) {
        this.rule = rule;
        this.parameters = Gradients.requireParameters(parameters);
        Device device = this.parameters.get(0).device();
        this.one = Tensor.ones(DType.FLOAT32).to(device);
        this.steps =
                state.put("step", Tensor.ones(DType.FLOAT32, parameters.size()).to(device));
        this.memory = new AdamState(
                state.zerosLike("mean", this.parameters),
                state.zerosLike("square", this.parameters),
                rule.amsgrad() ? state.zerosLike("maximum", this.parameters) : List.of(),
                elements(steps));
        this.all = FusedUpdate.adam(rule, this.parameters, memory);
    }

    /**
     * The constants.
     *
     * @param beta1 decay of the mean of gradients, in [0, 1)
     * @param beta2 decay of the mean of squares, in [0, 1)
     * @param epsilon added to the root of the square
     * @param weightDecay how much of the parameter is added to its gradient
     * @param amsgrad whether to divide by the largest square so far
     */
    public record Config(double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
            implements OptimizerConfig {
        /** Those of torch.optim.Adam, PyTorch 2.13. */
        public static final Config DEFAULTS = new Config(0.9, 0.999, 1e-8, 0, false);

        public Config {
            requireValid(beta1, beta2, epsilon, weightDecay);
        }

        @Override
        public Optimizer build(List<Tensor> parameters) {
            return new Adam(new AdamRule(beta1, beta2, epsilon, weightDecay, amsgrad, false), parameters);
        }
    }

    static void requireValid(double beta1, double beta2, double epsilon, double weightDecay) {
        Check.that(beta1 >= 0 && beta1 < 1, "beta1 must be at least 0 and below 1", beta1);
        Check.that(beta2 >= 0 && beta2 < 1, "beta2 must be at least 0 and below 1", beta2);
        Check.notNegative("epsilon", epsilon);
        Check.notNegative("weightDecay", weightDecay);
    }

    @Override
    public void step(double learningRate) {
        if (all.apply(learningRate)) {
            steps.addInPlace(one, 1);
        } else {
            stepOf(Gradients.of(parameters), learningRate);
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

    private void stepOf(Gradients gradients, double learningRate) {
        if (gradients.isEmpty()) {
            return;
        }
        AdamState chosen = new AdamState(
                gradients.select(memory.means()),
                gradients.select(memory.squares()),
                gradients.select(memory.maxima()),
                gradients.select(memory.steps()));
        FusedUpdate.adam(rule, gradients.select(parameters), chosen).apply(learningRate);
        chosen.steps().forEach(step -> step.addInPlace(one, 1));
    }

    private static List<Tensor> elements(Tensor vector) {
        List<Tensor> elements = new ArrayList<>();
        for (long i = 0; i < vector.elements(); i++) {
            elements.add(vector.select(0, i));
        }
        return List.copyOf(elements);
    }
}
