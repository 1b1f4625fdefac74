package org.lungo.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch's convolutions, which on most processors are oneDNN's. */
final class NativeConvolution {
    private static final long[] ONE = {1};

    private NativeConvolution() {}

    /** See {@link Sequences#convolution1d}; for an even width one place longer. */
    static Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias) {
        TensorOptional shift = Op.optional(bias);
        try {
            return new Tensor(call(x.handle(), weight.handle(), shift));
        } catch (RuntimeException e) {
            throw NativeFailure.of("convolution1d", e, x, weight);
        }
    }

    static org.bytedeco.pytorch.Tensor call(
            org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor weight, TensorOptional bias) {
        return torch.conv1d(x, weight, bias, ONE, new long[] {weight.size(2) / 2}, ONE, 1);
    }
}
