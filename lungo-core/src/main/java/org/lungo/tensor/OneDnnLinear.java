package org.lungo.tensor;

import java.util.Objects;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.jspecify.annotations.Nullable;

/**
 * Dense layers by an operation of oneDNN's, which runs on OpenMP's threads and keeps full accuracy on every
 * processor. It takes the place of libtorch's own product where that goes to OpenBLAS, and has no gradients. On two cores with
 * AMX, 512 x 768 x 3,072 took 7.8 milliseconds instead of 16.1, one row of 768 x 50,257 4.5 instead of 24, which is what
 * reading the matrix takes. Of one row in BFLOAT16 it took 1.6 milliseconds instead of 2.5; more rows are faster the other way.
 */
final class OneDnnLinear {
    /** The number of multiplications from which on its longer call is worth it. */
    private static final long WORTH = 1 << 19;

    private OneDnnLinear() {}

    private static final class Native {
        static final @Nullable OperatorHandle LINEAR = find();

        /** What follows the layer, which is nothing: its name, its numbers and its variant. */
        static final IValue NAME = Op.forever(new IValue("none"));

        static final IValue NUMBERS = Op.forever(noNumbers());
        static final IValue VARIANT = Op.forever(new IValue(""));

        private Native() {}

        private static @Nullable OperatorHandle find() {
            try {
                return Op.forever(Dispatcher.singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", ""));
            } catch (RuntimeException e) {
                return null; // a libtorch without oneDNN
            }
        }

        /** An empty list of optional numbers, which the presets cannot make. */
        private static IValue noNumbers() {
            String text = "def none():\n  numbers: List[Optional[number]] = []\n  return numbers\n";
            try (CompilationUnit unit = torch.compile(text);
                    IValueVector stack = new IValueVector()) {
                unit.get_function(new QualifiedName("none")).run(stack);
                return new IValue(stack.get(0));
            }
        }
    }

    /** Whether it is there for {@code x} [..., in] and {@code weight} [out, in], faster, and no gradients are asked for. */
    static boolean suits(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return FastPath.LINEAR.isOpen()
                && !Engine.info().hasFastProducts()
                && !GradMode.is_enabled()
                && x.elements() * weight.size(0) >= WORTH
                && isPlain(x)
                && weight.dtype() == x.dtype()
                && (bias == null || bias.dtype() == x.dtype())
                && x.rank() > 0
                && weight.rank() == 2
                && x.size(-1) == weight.size(1)
                && weight.handle().is_contiguous()
                && !torch.is_autocast_enabled(DeviceType.CPU)
                && Native.LINEAR != null;
    }

    private static boolean isPlain(Tensor x) {
        boolean oneRow = x.rank() > 0 && x.elements() == x.size(-1);
        return x.device().type() == Device.Type.CPU
                && (x.dtype() == DType.FLOAT32 || x.dtype() == DType.BFLOAT16 && oneRow);
    }

    /** See {@link Neural#linear}. */
    static Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias) {
        try {
            return new Tensor(call(x.handle(), weight.handle(), bias == null ? null : bias.handle()));
        } catch (RuntimeException e) {
            throw NativeFailure.of("linear", e, x);
        }
    }

    static org.bytedeco.pytorch.Tensor call(
            org.bytedeco.pytorch.Tensor x,
            org.bytedeco.pytorch.Tensor weight,
            org.bytedeco.pytorch.@Nullable Tensor bias) {
        IValueVector stack = new IValueVector(
                new IValue(x),
                new IValue(weight),
                bias == null ? new IValue() : new IValue(bias),
                Native.NAME,
                Native.NUMBERS,
                Native.VARIANT);
        OperatorHandle operator = Objects.requireNonNull(Native.LINEAR);
        NoGradient.run(() -> operator.callBoxed(stack));
        return new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()); // what the stack has is borrowed
    }
}
