package org.lungo.optim;

import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Moves each element of each gradient into [-limit, limit], as torch.nn.utils.clip_grad_value_. */
public final class ClipValue implements GradientTransform {
    private final List<Tensor> parameters;
    private final double limit;

    /** For the gradients of {@code parameters}, with {@code limit} above 0. */
    public ClipValue(List<Tensor> parameters, double limit) {
        this.parameters = Gradients.requireParameters(parameters);
        this.limit = Check.positive("limit", limit);
    }

    @Override
    public void apply() {
        try (Scope scope = Scope.inference()) {
            Gradients.of(parameters).values().forEach(gradient -> gradient.clampInPlace(-limit, limit));
        }
    }
}
