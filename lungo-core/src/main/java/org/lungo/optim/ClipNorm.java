package org.lungo.optim;

import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Scales all gradients together so that their Euclidean norm, taken over all of them as one vector, is at most a limit.
 * Pascanu et al. 2012, arXiv:1211.5063, section 3.2; as torch.nn.utils.clip_grad_norm_. Gradients whose norm is NaN or
 * infinite stay as they are, for the training loop to see in {@link #lastNorm()}.
 */
public final class ClipNorm implements GradientTransform {
    /** Keeps the quotient finite; PyTorch's value. */
    private static final double EPSILON = 1e-6;

    private final List<Tensor> parameters;
    private final double limit;
    private double lastNorm;

    /** For the gradients of {@code parameters}, with {@code limit} above 0. */
    public ClipNorm(List<Tensor> parameters, double limit) {
        this.parameters = Gradients.requireParameters(parameters);
        this.limit = Check.positive("limit", limit);
    }

    @Override
    public void apply() {
        try (Scope scope = Scope.inference()) {
            List<Tensor> gradients = Gradients.of(parameters).values();
            lastNorm = norm(gradients);
            double scale = limit / (lastNorm + EPSILON);
            if (Double.isFinite(lastNorm) && scale < 1) {
                gradients.forEach(gradient -> gradient.mulInPlace(scale));
            }
        }
    }

    /** The norm that the last {@link #apply()} found, before clipping; 0 when there was no gradient. */
    public double lastNorm() {
        return lastNorm;
    }

    private static double norm(List<Tensor> gradients) {
        if (gradients.isEmpty()) {
            return 0;
        }
        List<Tensor> norms = gradients.stream().map(Tensor::norm).toList();
        return Reshaping.stack(norms, 0).norm().item();
    }
}
