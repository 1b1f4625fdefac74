package org.lungo.loss;

import org.lungo.tensor.DType;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * Another loss in which each row counts as much as its class: the mean is {@code sum(w[target] * loss) / sum(w[target])},
 * as in torch.nn.CrossEntropyLoss. For classes only: targets [batch] or [batch, 1], whole numbers in any type.
 *
 * @param weights [classes], in the logits' type
 */
public record ClassWeighted(Loss loss, Tensor weights) implements Loss {
    /** Checks the shape. */
    public ClassWeighted {
        ShapeException.requireRank("classWeighted", weights, 1, "weights [classes]");
    }

    @Override
    public Tensor each(Tensor logits, Tensor targets) {
        return loss.each(logits, targets).mul(perRow(targets)); // [batch]
    }

    @Override
    public Tensor of(Tensor logits, Tensor targets) {
        return loss.of(logits, targets, perRow(targets));
    }

    @Override
    public Tensor of(Tensor logits, Tensor targets, Tensor rowWeights) {
        ShapeException.requireRank("classWeighted", rowWeights, 1, "weights [batch]");
        return loss.of(logits, targets, perRow(targets).mul(rowWeights));
    }

    private Tensor perRow(Tensor targets) {
        return weights.indexSelect(0, targets.reshape(-1).to(DType.INT64)); // [batch]
    }
}
