package org.lungo.nn;

import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Weights in 16 bits, 8 of them for the fraction.
 *
 * @param values [out, in] BFLOAT16
 */
public record Bfloat16Weight(Parameter values) implements PackedWeight {
    /** Rounds {@code weight}, [out, in]. */
    public static Bfloat16Weight of(Tensor weight) {
        return new Bfloat16Weight(Parameter.buffer(weight.detach().to(DType.BFLOAT16)));
    }

    @Override
    public Tensor product(Tensor x) {
        return x.linear(values.value(), null);
    }
}
