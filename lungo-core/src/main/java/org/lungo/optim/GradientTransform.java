package org.lungo.optim;

/**
 * Changes the gradients of the parameters it was made for, in place, between the backward pass and the optimiser's step:
 * {@code gradients.forEach(GradientTransform::apply)}.
 */
@FunctionalInterface
public interface GradientTransform {
    /** Changes the gradients. Call it inside the scope of the training step. */
    void apply();
}
