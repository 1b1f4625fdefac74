package org.lungo.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Some of the elements. */
public sealed interface Indexing permits Tensor {
    /** The slice at {@code index} of {@code axis}, which disappears. Shares memory. */
    default Tensor select(int axis, long index) {
        return Op.view("select", (Tensor) this, x -> x.select(axis, index));
    }

    /** {@code length} slices of {@code axis} from {@code start}. Shares memory. */
    default Tensor narrow(int axis, long start, long length) {
        return Op.view("narrow", (Tensor) this, x -> x.narrow(axis, start, length));
    }

    /** All slices of {@code axis}, which disappears. Share memory; their gradients are put together in one piece. */
    default List<Tensor> unbind(int axis) {
        Tensor self = (Tensor) this;
        List<Tensor> slices = new ArrayList<>();
        try (TensorVector vector = self.handle().unbind(axis)) {
            for (long i = 0; i < vector.size(); i++) {
                slices.add(Tensor.viewOf(new org.bytedeco.pytorch.Tensor(vector.get(i))));
            }
        } catch (RuntimeException e) {
            throw NativeFailure.of("unbind", e, self);
        }
        return slices;
    }

    /** The slices of {@code axis} that {@code indices} (INT64, one axis) names, in that order. */
    default Tensor indexSelect(int axis, Tensor indices) {
        return Op.binary("indexSelect", (Tensor) this, indices, (x, i) -> x.index_select(axis, i));
    }

    /** For each position of {@code indices} (INT64) the element of {@code axis} it names. */
    default Tensor gather(int axis, Tensor indices) {
        return Op.binary("gather", (Tensor) this, indices, (x, i) -> x.gather(axis, i));
    }

    /** {@code value} where {@code mask} (BOOL) is true, this tensor elsewhere. */
    default Tensor maskedFill(Tensor mask, double value) {
        try (Scalar scalar = new Scalar(value)) {
            return Op.binary("maskedFill", (Tensor) this, mask, (x, m) -> x.masked_fill(m, scalar));
        }
    }

    /** This tensor where {@code condition} (BOOL) is true, {@code other} elsewhere. */
    default Tensor where(Tensor condition, Tensor other) {
        Tensor self = (Tensor) this;
        return Op.binary("where", self, other, (x, y) -> torch.where(condition.handle(), x, y));
    }
}
