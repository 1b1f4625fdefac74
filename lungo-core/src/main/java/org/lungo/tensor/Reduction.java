package org.lungo.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** Many elements to fewer. */
public sealed interface Reduction permits Tensor {
    /** The sum of all elements, a scalar. */
    default Tensor sum() {
        return Op.unary("sum", (Tensor) this, org.bytedeco.pytorch.Tensor::sum);
    }

    /** The sum along {@code axis}, which disappears. */
    default Tensor sum(int axis) {
        return Op.unary("sum", (Tensor) this, x -> x.sum(new long[] {axis}, false, Op.NO_TYPE));
    }

    /** The mean of all elements, a scalar. */
    default Tensor mean() {
        return Op.unary("mean", (Tensor) this, org.bytedeco.pytorch.Tensor::mean);
    }

    /** The mean along {@code axis}, which disappears. */
    default Tensor mean(int axis) {
        return Op.unary("mean", (Tensor) this, x -> x.mean(new long[] {axis}, false, Op.NO_TYPE));
    }

    /** The largest element, a scalar. */
    default Tensor max() {
        return Op.unary("max", (Tensor) this, org.bytedeco.pytorch.Tensor::max);
    }

    /** The largest element along {@code axis}, which disappears; of equal ones one gets the gradient. */
    default Tensor max(int axis) {
        return Op.unary("max", (Tensor) this, x -> {
            try (var result = x.max(axis, false);
                    org.bytedeco.pytorch.Tensor borrowed = result.get0()) {
                return new org.bytedeco.pytorch.Tensor(borrowed);
            }
        });
    }

    /** The smallest element, a scalar. */
    default Tensor min() {
        return Op.unary("min", (Tensor) this, org.bytedeco.pytorch.Tensor::min);
    }

    /** INT64: where the largest element along {@code axis} stands; the axis disappears. */
    default Tensor argmax(int axis) {
        try (LongOptional along = new LongOptional(axis)) {
            return Op.unary("argmax", (Tensor) this, x -> x.argmax(along, false));
        }
    }

    /** The Euclidean norm of all elements, a scalar. */
    default Tensor norm() {
        return Op.unary("norm", (Tensor) this, org.bytedeco.pytorch.Tensor::norm);
    }

    /** The logarithm of the sum of exponentials along {@code axis}, which disappears; stable for large values. */
    default Tensor logSumExp(int axis) {
        return Op.unary("logSumExp", (Tensor) this, x -> torch.logsumexp(x, new long[] {axis}, false));
    }

    /** BOOL: whether every element is true, a scalar. */
    default Tensor all() {
        return Op.unary("all", (Tensor) this, org.bytedeco.pytorch.Tensor::all);
    }

    /** BOOL: whether every element along {@code axis}, which disappears, is true. */
    default Tensor all(int axis) {
        return Op.unary("all", (Tensor) this, x -> x.all(axis, false));
    }
}
