package org.lungo.optim;

import java.util.Map;
import org.lungo.tensor.Tensor;

/**
 * Changes parameters by the gradients that {@link Tensor#backward()} left at them. A parameter without a gradient stays
 * as it is. Made by {@link OptimizerConfig#build}.
 */
public interface Optimizer {
    /** Updates every parameter that has a gradient. Call it inside the scope of the training step. */
    void step(double learningRate);

    /** Forgets the gradients of all parameters. */
    void zeroGradients();

    /**
     * What the optimiser remembers between steps, live, under stable names such as {@code momentum.0} (the number is the
     * parameter's place in the list). Empty for an optimiser without memory.
     */
    Map<String, Tensor> state();

    /**
     * Copies a saved {@link #state()} in, after which steps continue bit for bit as they would have.
     *
     * @throws IllegalArgumentException when the names or shapes are not those of this optimiser
     */
    void load(Map<String, Tensor> state);
}
