package org.lungo.loss;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Losses.Result;
import org.lungo.tensor.Tensor;

/**
 * {@code -(positiveWeight * t * log sigmoid(x) + (1 - t) * log(1 - sigmoid(x)))} for yes or no, and for several labels at
 * once: logits and targets (0 to 1, in the logits' type) both [batch], [batch, 1] or [batch, labels].
 *
 * @param positiveWeights what a positive target counts, [labels] or [1], or null for 1
 * @param labelSmoothing moves every target this share of the way to one half, in [0, 1]
 */
public record BinaryCrossEntropy(@Nullable Tensor positiveWeights, double labelSmoothing) implements Loss {
    /** Those of torch.nn.BCEWithLogitsLoss, PyTorch 2.13. */
    public static final BinaryCrossEntropy DEFAULTS = new BinaryCrossEntropy(null, 0);

    /** Checks the smoothing. */
    public BinaryCrossEntropy {
        Check.between("labelSmoothing", labelSmoothing, 0, 1);
    }

    @Override
    public Tensor each(Tensor logits, Tensor targets) {
        return Rows.mean(Losses.binaryCrossEntropy(logits, smooth(targets), positiveWeights, Result.EACH)); // [batch]
    }

    @Override
    public Tensor of(Tensor logits, Tensor targets) {
        return Losses.binaryCrossEntropy(logits, smooth(targets), positiveWeights, Result.MEAN);
    }

    private Tensor smooth(Tensor targets) {
        return labelSmoothing == 0 ? targets : targets.mul(1 - labelSmoothing).add(labelSmoothing / 2);
    }
}
