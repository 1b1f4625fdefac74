package org.lungo.tensor;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lungo.tensor.Trial.Operation;

/**
 * What the engine relies on and how it is tried: sizes that are no multiples of 8 or 16 and need padding, memory that holds
 * NaN where nothing was written, and products in FLOAT64 for comparison, which neither oneDNN nor a fused kernel computes.
 */
final class Trials {
    /** FLOAT32: a right result is within 3e-6, one whose operands were rounded to BFLOAT16 at 1e-3 and more. */
    static final double SUMS = 1e-5;

    /** BFLOAT16: each number is rounded to 8 bits, by at most 2^-9 of its size. */
    static final double ROUNDED = 1e-2;

    private Trials() {}

    /** In the order in which they depend on each other. */
    static List<Proof> proofs(String capability) {
        return List.of(
                new Proof("products", FastPath.PRODUCTS, SUMS, () -> true, () -> products(x -> x[0].matmul(x[1]))),
                new Proof(
                        "dense layers",
                        FastPath.LINEAR,
                        SUMS,
                        () -> !EngineInfo.hasFastProducts(capability),
                        () -> layers(x -> OneDnnLinear.call(x[0], x[1], x[2]))),
                new Proof("products in BFLOAT16", FastPath.HALF, ROUNDED, () -> true, () -> half(Trials::linear)),
                new Proof(
                        "convolutions",
                        FastPath.CONVOLUTION,
                        SUMS,
                        () -> true,
                        () -> convolutions(DType.FLOAT32, Trials::convolution)),
                new Proof(
                        "convolutions in BFLOAT16",
                        FastPath.CONVOLUTION,
                        ROUNDED,
                        () -> true,
                        () -> convolutions(DType.BFLOAT16, Trials::convolution)),
                new Proof("attention", FastPath.ATTENTION, SUMS, () -> true, () -> attention(Trials::fused)));
    }

    static double products(Operation product) {
        Operation exact = x -> x[0].matmul(x[1]);
        double large =
                trial(DType.FLOAT32, true, shape(128, 192), shape(192, 128)).error(product, exact);
        return Math.max(
                large, trial(DType.FLOAT32, true, shape(37, 93), shape(93, 51)).error(product, exact));
    }

    static double layers(Operation linear) {
        double row = trial(DType.FLOAT32, false, shape(1, 197), shape(133, 197), shape(133))
                .error(linear, Trials::linear);
        return Math.max(
                row,
                trial(DType.FLOAT32, false, shape(7, 93), shape(129, 93), shape(129))
                        .error(linear, Trials::linear));
    }

    static double half(Operation linear) {
        return trial(DType.BFLOAT16, true, shape(33, 72), shape(40, 72), shape(40))
                .error(linear, Trials::linear);
    }

    static double convolutions(DType dtype, Operation convolution) {
        double error = 0;
        for (long[] channels : new long[][] {{3, 8}, {24, 30}}) {
            error = Math.max(
                    error,
                    trial(
                                    dtype,
                                    true,
                                    shape(4, channels[0], 20),
                                    shape(channels[1], channels[0], 3),
                                    shape(channels[1]))
                            .error(convolution, Trials::windows));
        }
        return error;
    }

    static double attention(Operation attention) {
        return trial(DType.FLOAT32, true, shape(2, 3, 37, 24), shape(2, 3, 37, 24), shape(2, 3, 37, 24))
                .error(attention, Trials::weighted);
    }

    private static Trial trial(DType dtype, boolean gradients, long[]... shapes) {
        return new Trial(dtype, gradients, List.of(shapes));
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }

    static Tensor linear(Tensor... x) {
        return torch.linear(x[0], x[1], x[2]);
    }

    static Tensor convolution(Tensor... x) {
        return NativeConvolution.call(x[0], x[1], new org.bytedeco.pytorch.TensorOptional(x[2]));
    }

    static Tensor fused(Tensor... x) {
        return torch.scaled_dot_product_attention(x[0], x[1], x[2], Op.NO_TENSOR, 0, true, Op.NO_NUMBER, false);
    }

    /** A convolution of width 3 as a product of the windows [rows, places, in * 3]. */
    private static Tensor windows(Tensor... x) {
        try (Scalar zero = new Scalar(0.0)) {
            Tensor padded = torch.constant_pad_nd(x[0], new long[] {1, 1}, zero);
            Tensor flat = padded.unfold(2, 3, 1).transpose(1, 2).flatten(2, 3);
            return torch.linear(flat, x[1].flatten(1, 2), x[2]).transpose(1, 2);
        }
    }

    /** Causal attention as two products. */
    private static Tensor weighted(Tensor... x) {
        try (Scalar width = new Scalar(1 / Math.sqrt(x[0].size(3)));
                Scalar unseen = new Scalar(-1e30)) {
            Tensor scores = x[0].matmul(x[1].transpose(2, 3)).mul(width); // [batch, heads, queries, keys]
            Tensor later = torch.triu(torch.ones_like(scores), 1).mul(unseen);
            return scores.add(later).softmax(3).matmul(x[2]);
        }
    }
}
