package org.lungo.tensor;

import java.util.List;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The same elements in another arrangement. */
public sealed interface Reshaping permits Tensor {
    /** The elements in row-major order with another shape; one size may be -1 and is worked out. */
    default Tensor reshape(long... shape) {
        return Op.view("reshape", (Tensor) this, x -> x.reshape(shape));
    }

    /** Two axes exchanged. */
    default Tensor transpose(int first, int second) {
        return Op.view("transpose", (Tensor) this, x -> x.transpose(first, second));
    }

    /** The axes in another order. */
    default Tensor permute(long... axes) {
        return Op.view("permute", (Tensor) this, x -> x.permute(axes));
    }

    /** An axis of size 1 taken away. */
    default Tensor squeeze(int axis) {
        return Op.view("squeeze", (Tensor) this, x -> x.squeeze(axis));
    }

    /** An axis of size 1 put in before {@code axis}. */
    default Tensor unsqueeze(int axis) {
        return Op.view("unsqueeze", (Tensor) this, x -> x.unsqueeze(axis));
    }

    /** The axes from {@code first} to {@code last} (inclusive) joined into one. */
    default Tensor flatten(int first, int last) {
        return Op.view("flatten", (Tensor) this, x -> x.flatten(first, last));
    }

    /** Axes of size 1 repeated to the given shape without copying; -1 keeps an axis. */
    default Tensor expand(long... shape) {
        return Op.view("expand", (Tensor) this, x -> x.expand(shape));
    }

    /** The tensors one after the other along {@code axis}; the other axes must agree. */
    static Tensor concat(List<Tensor> tensors, int axis) {
        try (TensorVector vector = Op.vector(tensors)) {
            return new Tensor(torch.cat(vector, axis));
        } catch (RuntimeException e) {
            throw NativeFailure.of("concat", e, tensors.toArray(Tensor[]::new));
        }
    }

    /** The tensors, all of one shape, along a new {@code axis}. */
    static Tensor stack(List<Tensor> tensors, int axis) {
        try (TensorVector vector = Op.vector(tensors)) {
            return new Tensor(torch.stack(vector, axis));
        } catch (RuntimeException e) {
            throw NativeFailure.of("stack", e, tensors.toArray(Tensor[]::new));
        }
    }
}
