package org.lungo.loss;

import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/** What training makes small. An own loss need only say what each row costs. */
@FunctionalInterface
public interface Loss {
    /**
     * The loss of each row.
     *
     * @param logits what the model put out, [batch] or [batch, ...], before any sigmoid or softmax
     * @param targets what it should have been; the loss says in which shape
     * @return [batch]
     */
    Tensor each(Tensor logits, Tensor targets);

    /** The mean over the rows, a scalar. */
    default Tensor of(Tensor logits, Tensor targets) {
        return each(logits, targets).mean();
    }

    /** The mean over the rows weighted by {@code weights} [batch], a scalar: {@code sum(w * each) / sum(w)}. */
    default Tensor of(Tensor logits, Tensor targets, Tensor weights) {
        ShapeException.requireRank("loss", weights, 1, "weights [batch]");
        return each(logits, targets).mul(weights).sum().div(weights.sum());
    }
}
