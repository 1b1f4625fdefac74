package org.lungo.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.FusedUpdate;
import org.lungo.tensor.FusedUpdate.SgdRule;
import org.lungo.tensor.Tensor;

/**
 * Stochastic gradient descent, with momentum if wanted:
 * {@code g += weightDecay * p; m = momentum * m + (1 - dampening) * g; p -= learningRate * m}, and with nesterov
 * {@code p -= learningRate * (g + momentum * m)}. In the first step of a parameter {@code m = g}. Sutskever et al. 2013,
 * "On the importance of initialization and momentum in deep learning", in PyTorch's form, whose weight decay is part of
 * the gradient.
 */
public final class Sgd implements Optimizer {
    private final SgdRule rule;
    private final List<Tensor> parameters;
    private final State state = new State();
    private final List<Tensor> momentums;
    private final List<Tensor> started;
    private final FusedUpdate all;

    private Sgd(SgdRule rule, List<Tensor> parameters) {
        this.rule = rule;
        this.parameters = Gradients.requireParameters(parameters);
        boolean remembers = rule.momentum() > 0;
        this.momentums = remembers ? state.zerosLike("momentum", this.parameters) : List.of();
        // With dampening 0 the first step from zeros is m = g already; only else must it be distinguished from the
        // others.
        this.started = remembers && rule.dampening() > 0 ? flags() : List.of();
        this.all = FusedUpdate.sgd(rule, false, this.parameters, momentums);
    }

    /**
     * The constants.
     *
     * @param momentum how much of the last update is kept, in [0, 1]
     * @param nesterov whether to look ahead along the momentum; needs momentum and no dampening
     * @param weightDecay how much of the parameter is added to its gradient
     * @param dampening how much of the gradient the momentum leaves out, in [0, 1]
     */
    public record Config(double momentum, boolean nesterov, double weightDecay, double dampening)
            implements OptimizerConfig {
        /** Those of torch.optim.SGD, PyTorch 2.13. */
        public static final Config DEFAULTS = new Config(0, false, 0, 0);

        public Config {
            Check.between("momentum", momentum, 0, 1);
            Check.between("dampening", dampening, 0, 1);
            Check.notNegative("weightDecay", weightDecay);
            Check.that(!nesterov || dampening == 0, "nesterov must go without dampening", "dampening=" + dampening);
        }

        @Override
        public Optimizer build(List<Tensor> parameters) {
            return new Sgd(new SgdRule(momentum, dampening, weightDecay, nesterov && momentum > 0), parameters);
        }
    }

    @Override
    public void step(double learningRate) {
        if (!started.isEmpty()) {
            dampenedStep(learningRate);
        } else if (!all.apply(learningRate)) {
            update(learningRate, false, Gradients.of(parameters));
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

    private void dampenedStep(double learningRate) {
        Gradients gradients = Gradients.of(parameters);
        Gradients fresh = gradients.where(place -> started.get(place).item() == 0);
        Gradients others = gradients.where(place -> started.get(place).item() != 0);
        update(learningRate, true, fresh);
        update(learningRate, false, others);
        fresh.select(started).forEach(flag -> flag.copyInPlace(Tensor.ones(DType.FLOAT32)));
    }

    private void update(double learningRate, boolean first, Gradients gradients) {
        if (!gradients.isEmpty()) {
            FusedUpdate.sgd(rule, first, gradients.select(parameters), gradients.select(momentums))
                    .apply(learningRate);
        }
    }

    private List<Tensor> flags() {
        List<Tensor> flags = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            flags.add(state.put("started." + i, Tensor.zeros(DType.FLOAT32)));
        }
        return List.copyOf(flags);
    }
}
