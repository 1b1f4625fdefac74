package org.lungo.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The native losses. Each compares outputs with targets and returns a scalar mean or one value per element. */
public final class Losses {
    private static final long NOT_A_CLASS = -100;

    private Losses() {}

    /** What becomes of the losses of the elements. The order is libtorch's. */
    public enum Result {
        /** One loss per element. */
        EACH,
        /** Their mean, a scalar. */
        MEAN
    }

    /**
     * Negative log likelihood of the softmax: logits [batch, classes], targets [batch] INT64. {@code EACH} is [batch].
     *
     * @param classWeights [classes] or null
     * @param smoothing the share of each target spread evenly over all classes
     */
    public static Tensor crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor classWeights, double smoothing, Result result) {
        ShapeException.requireRank("crossEntropy", logits, 2, "logits [batch, classes]");
        ShapeException.requireRank("crossEntropy", targets, 1, "targets [batch]");
        Check.that(targets.dtype() == DType.INT64, "crossEntropy: targets must be INT64 classes", targets.dtype());
        TensorOptional weights = Op.optional(classWeights);
        return Op.binary(
                "crossEntropy",
                logits,
                targets,
                (x, y) -> torch.cross_entropy_loss(x, y, weights, result.ordinal(), NOT_A_CLASS, smoothing));
    }

    /**
     * Negative log likelihood of the sigmoid of {@code logits}; targets of the same shape in [0, 1].
     *
     * @param positiveWeights what a positive target counts, broadcast to the logits, or null
     */
    public static Tensor binaryCrossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor positiveWeights, Result result) {
        requireSameShape("binaryCrossEntropy", logits, targets);
        TensorOptional weights = Op.optional(positiveWeights);
        return Op.binary(
                "binaryCrossEntropy",
                logits,
                targets,
                (x, y) -> torch.binary_cross_entropy_with_logits(x, y, Op.NO_TENSOR, weights, result.ordinal()));
    }

    /** The square of the difference; both of one shape. */
    public static Tensor squaredError(Tensor outputs, Tensor targets, Result result) {
        requireSameShape("squaredError", outputs, targets);
        return Op.binary("squaredError", outputs, targets, (x, y) -> torch.mse_loss(x, y, result.ordinal()));
    }

    /** The absolute difference; both of one shape. */
    public static Tensor absoluteError(Tensor outputs, Tensor targets, Result result) {
        requireSameShape("absoluteError", outputs, targets);
        return Op.binary("absoluteError", outputs, targets, (x, y) -> torch.l1_loss(x, y, result.ordinal()));
    }

    /** Half the square of the difference below {@code delta}, a line beyond; both of one shape. */
    public static Tensor huber(Tensor outputs, Tensor targets, double delta, Result result) {
        requireSameShape("huber", outputs, targets);
        return Op.binary("huber", outputs, targets, (x, y) -> torch.huber_loss(x, y, result.ordinal(), delta));
    }

    /** The native losses broadcast silently, which turns [batch, 1] against [batch] into [batch, batch]. */
    private static void requireSameShape(String operation, Tensor outputs, Tensor targets) {
        long[] first = outputs.shape();
        long[] second = targets.shape();
        if (!Arrays.equals(first, second)) {
            throw new ShapeException(
                    operation,
                    "outputs and targets must have one shape",
                    Arrays.toString(first) + " and " + Arrays.toString(second));
        }
    }
}
