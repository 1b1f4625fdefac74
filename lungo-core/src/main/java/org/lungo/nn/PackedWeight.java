package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** The weights of a {@link PackedLinear}, made from a matrix [out, in] of FLOAT32 or other numbers. */
public sealed interface PackedWeight permits Bfloat16Weight, Int8Weight, Int4Weight {
    /** {@code x}: [..., in] BFLOAT16. Returns [..., out] BFLOAT16. */
    Tensor product(Tensor x);
}
