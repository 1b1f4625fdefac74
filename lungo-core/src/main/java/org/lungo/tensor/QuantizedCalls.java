package org.lungo.tensor;

import java.util.function.Function;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/** The native calls of {@link Quantized}. */
final class QuantizedCalls {
    /** How many tiles of columns stand together; on CPUs every number gives the same order. */
    static final long INNER_TILES = 2;

    /** How many columns the kernels read at once; of other numbers they read, and write, beyond the end. */
    static final int COLUMNS = 16;

    private QuantizedCalls() {}

    static void checkColumns(String name, long columns) {
        if (columns % COLUMNS != 0) {
            throw new ShapeException(name, "the columns of the weights must be divisible by " + COLUMNS, "" + columns);
        }
    }

    static final class Native {
        static final OperatorHandle INT8 = find("aten::_weight_int8pack_mm");
        static final OperatorHandle INT4_PACK = find("aten::_convert_weight_to_int4pack_for_cpu");
        static final OperatorHandle INT4 = find("aten::_weight_int4pack_mm_for_cpu");

        private Native() {}

        private static OperatorHandle find(String name) {
            Engine.load();
            return Op.forever(Dispatcher.singleton().findSchemaOrThrow(name, ""));
        }
    }

    /** Calls {@code operator} with {@code x} [..., in] as [rows, in]. Returns [..., out]. */
    static Tensor rows(
            String name, Tensor x, long out, Function<IValue, IValueVector> arguments, OperatorHandle operator) {
        long[] shape = x.shape();
        Tensor rows = shape.length == 2 ? x : x.reshape(-1, shape[shape.length - 1]); // [rows, in]
        Tensor product = call(name, rows, arguments.apply(new IValue(rows.handle())), operator); // [rows, out]
        shape[shape.length - 1] = out;
        return shape.length == 2 ? product : product.reshape(shape);
    }

    static Tensor call(String name, Tensor x, IValueVector stack, OperatorHandle operator) {
        try {
            NoGradient.run(() -> operator.callBoxed(stack));
            return new Tensor(
                    new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor())); // what the stack has is borrowed
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, x);
        }
    }
}
