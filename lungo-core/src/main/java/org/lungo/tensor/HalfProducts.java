package org.lungo.tensor;

import org.jspecify.annotations.Nullable;

/** Products of BFLOAT16 computed in FLOAT32 and rounded at the end: what is done where those of libtorch are wrong. */
final class HalfProducts {
    private HalfProducts() {}

    /** A dense layer, or a product where there is no bias. */
    @FunctionalInterface
    interface Product {
        Tensor of(Tensor x, Tensor y, @Nullable Tensor bias);
    }

    /** Whether {@code x} and {@code y} are of a type whose products this processor gets wrong. */
    static boolean areWrong(Tensor x, Tensor y) {
        return !FastPath.HALF.isOpen()
                && x.device().type() == Device.Type.CPU
                && (x.dtype() == DType.BFLOAT16 || y.dtype() == DType.BFLOAT16);
    }

    static Tensor of(Tensor x, Tensor y, @Nullable Tensor bias, Product product) {
        return product.of(wide(x), wide(y), bias == null ? null : wide(bias)).to(DType.BFLOAT16);
    }

    private static Tensor wide(Tensor x) {
        return x.to(DType.FLOAT32);
    }
}
