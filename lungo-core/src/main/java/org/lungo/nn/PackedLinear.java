package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * A dense layer, for answering only, whose weights are held in fewer bits than what goes through it:
 * {@code y = x W^T + b}, x rounded to BFLOAT16 for the product. A model that writes text reads all its weights for each
 * token, so that it is as fast as they are small.
 *
 * @param bias [out] FLOAT32, or null
 */
public record PackedLinear(PackedWeight weight, @Nullable Parameter bias) implements Layer {
    /** {@code x}: [..., in]. Returns [..., out] of the same type. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor product = weight.product(x.to(DType.BFLOAT16)); // [..., out]
        Tensor y = bias == null ? product : bias.value().add(product); // [..., out], in the wider of both types
        return y.dtype() == x.dtype() ? y : y.to(x.dtype());
    }
}
