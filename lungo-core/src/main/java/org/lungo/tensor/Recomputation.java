package org.lungo.tensor;

import java.util.function.UnaryOperator;

/**
 * A part of a network whose inner values are not kept until gradients are computed, but computed again then: memory for
 * time. Chen et al. 2016, arXiv:1604.06174, section 3. It takes place where the mode {@linkplain Mode#recomputing asks for
 * it}; dropped values are the same both times. A part inside a part is computed again with it.
 *
 * <pre>{@code
 * for (TransformerBlock block : blocks) {
 *     y = Recomputation.of(block::forward, y);
 * }
 * }</pre>
 */
public final class Recomputation {
    private final UnaryOperator<Tensor> part;
    private final Tensor input;
    private final Tensor output;
    private final Mode mode;

    private Recomputation(UnaryOperator<Tensor> part, Tensor input, Tensor output, Mode mode) {
        this.part = part;
        this.input = input;
        this.output = output;
        this.mode = mode;
    }

    /**
     * What {@code part} gives for {@code x}. A tensor that it uses besides {@code x} must be a parameter or need no gradient,
     * and {@code x} must not be used elsewhere unless it came out of a recomputed part itself.
     */
    public static Tensor of(UnaryOperator<Tensor> part, Tensor x) {
        Scope step = Scope.step();
        if (step == null || !step.mode().recomputing() || !step.mode().gradients()) {
            return part.apply(x);
        }
        Mode own = step.mode().dropoutSeed(step.recomputedSeed());
        Tensor output;
        try (Scope scope = Scope.open(own.recomputing(false).withoutGradients())) {
            output = scope.keep(part.apply(x).detach());
        }
        output.requireGradient();
        step.recompute(new Recomputation(part, x, output, own));
        return output;
    }

    /** Computes the part again, with the gradients of its parameters and of its input. */
    void backward() {
        Tensor gradient = output.gradient();
        if (gradient == null) {
            return; // the loss does not depend on it
        }
        try (Scope scope = Scope.open(mode.recomputing(false))) {
            boolean further = input.requiresGradient();
            Tensor again = input.detach();
            if (further) {
                again.requireGradient();
            }
            part.apply(again).backward(gradient);
            Tensor before = again.gradient();
            if (before != null) {
                input.backward(before);
            }
        }
    }
}
