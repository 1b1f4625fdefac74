package org.lungo.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Convolutions as dense layers over windows: slower than the native ones, and right wherever products are. */
final class WindowProducts {
    private WindowProducts() {}

    /** See {@link Sequences#convolution1d}; for an even width one place longer. */
    static Tensor convolution1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        ShapeException.requireRank("convolution1d", x, 3, "a sequence [rows, in, length]");
        if (x.size(1) != weight.size(1)) {
            throw new ShapeException(
                    "convolution1d",
                    "the weight [out, in, width] must have in=" + x.size(1),
                    Arrays.toString(x.shape()) + " and " + Arrays.toString(weight.shape()));
        }
        long width = weight.size(2);
        long around = width / 2;
        try (Scalar zero = new Scalar(0.0)) {
            Tensor padded = Op.unary("pad", x, in -> torch.constant_pad_nd(in, new long[] {around, around}, zero));
            Tensor windows = Op.view("unfold", padded, in -> in.unfold(2, width, 1)); // [rows, in, places, width]
            long places = windows.size(2);
            Tensor flat =
                    windows.transpose(1, 2).reshape(x.size(0), places, x.size(1) * width); // [rows, places, in * width]
            Tensor filters = weight.reshape(weight.size(0), -1); // [out, in * width]
            return flat.linear(filters, bias).transpose(1, 2); // [rows, out, places]
        }
    }
}
