package org.lungo.optim;

import java.util.List;
import org.lungo.tensor.FusedUpdate.AdamRule;
import org.lungo.tensor.Tensor;

/**
 * {@link Adam} with decoupled weight decay: before each step a parameter is multiplied by
 * {@code 1 - learningRate * weightDecay}. Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2.
 */
public final class AdamW {
    private AdamW() {}

    /**
     * The constants, as in {@link Adam.Config}.
     *
     * @param weightDecay the share of a parameter that a step with learning rate 1 takes away
     */
    public record Config(double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
            implements OptimizerConfig {
        /** Those of torch.optim.AdamW, PyTorch 2.13. */
        public static final Config DEFAULTS = new Config(0.9, 0.999, 1e-8, 0.01, false);

        public Config {
            Adam.requireValid(beta1, beta2, epsilon, weightDecay);
        }

        @Override
        public Optimizer build(List<Tensor> parameters) {
            return new Adam(new AdamRule(beta1, beta2, epsilon, weightDecay, amsgrad, true), parameters);
        }
    }
}
