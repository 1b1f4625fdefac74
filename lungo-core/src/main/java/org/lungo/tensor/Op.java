package org.lungo.tensor;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/** Calls one native operation, wraps its result and translates its errors. */
final class Op {
    static final TensorOptional NO_TENSOR = forever(new TensorOptional());
    static final ScalarTypeOptional NO_TYPE = forever(new ScalarTypeOptional());
    static final DeviceOptional NO_DEVICE = forever(new DeviceOptional());
    static final DoubleOptional NO_NUMBER = forever(new DoubleOptional());
    static final BoolOptional NO_FLAG = forever(new BoolOptional());
    static final TensorArrayRefOptional NO_TENSORS = forever(new TensorArrayRefOptional());
    static final Scalar ONE = forever(new Scalar(1.0));

    private Op() {}

    static Tensor unary(String name, Tensor x, UnaryOperator<org.bytedeco.pytorch.Tensor> operation) {
        try {
            return new Tensor(operation.apply(x.handle()));
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, x);
        }
    }

    static Tensor binary(String name, Tensor x, Tensor y, BinaryOperator<org.bytedeco.pytorch.Tensor> operation) {
        try {
            return new Tensor(operation.apply(x.handle(), y.handle()));
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, x, y);
        }
    }

    /** As {@link #unary}, for a result that shares the memory of {@code x}: its bytes are not counted again. */
    static Tensor view(String name, Tensor x, UnaryOperator<org.bytedeco.pytorch.Tensor> operation) {
        try {
            return Tensor.viewOf(operation.apply(x.handle()));
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, x);
        }
    }

    static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? NO_TENSOR : new TensorOptional(tensor.handle());
    }

    static TensorVector vector(Iterable<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        for (Tensor tensor : tensors) {
            vector.push_back(tensor.handle());
        }
        return vector;
    }

    /** A native value that no scope may free. */
    static <T extends Pointer> T forever(T pointer) {
        pointer.retainReference();
        return pointer;
    }
}
