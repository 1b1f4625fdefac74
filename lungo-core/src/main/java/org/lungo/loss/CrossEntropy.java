package org.lungo.loss;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Losses.Result;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * {@code -log softmax(logits)[target]} for one class out of several: logits [batch, classes], targets [batch] INT64.
 * With class weights the mean is {@code sum(w[target] * loss) / sum(w[target])}, as in torch.nn.CrossEntropyLoss.
 *
 * @param classWeights [classes], in the logits' type, or null for equal weights
 * @param labelSmoothing the share of each target that is spread evenly over all classes, in [0, 1]. Szegedy et al. 2015,
 *     arXiv:1512.00567, section 7
 */
public record CrossEntropy(@Nullable Tensor classWeights, double labelSmoothing) implements Loss {
    /** Those of torch.nn.CrossEntropyLoss, PyTorch 2.13. */
    public static final CrossEntropy DEFAULTS = new CrossEntropy(null, 0);

    /** Checks the smoothing. */
    public CrossEntropy {
        Check.between("labelSmoothing", labelSmoothing, 0, 1);
    }

    @Override
    public Tensor each(Tensor logits, Tensor targets) {
        return Losses.crossEntropy(logits, targets, classWeights, labelSmoothing, Result.EACH); // [batch]
    }

    @Override
    public Tensor of(Tensor logits, Tensor targets) {
        return Losses.crossEntropy(logits, targets, classWeights, labelSmoothing, Result.MEAN);
    }

    @Override
    public Tensor of(Tensor logits, Tensor targets, Tensor weights) {
        ShapeException.requireRank("crossEntropy", weights, 1, "weights [batch]");
        Tensor counts = classWeights == null ? weights : weights.mul(classWeights.indexSelect(0, targets)); // [batch]
        return each(logits, targets).mul(weights).sum().div(counts.sum());
    }
}
