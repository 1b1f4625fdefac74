package org.lungo.nn;

import java.util.Arrays;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Weights in 8 bits, symmetric, with a scale for each output: {@code weight ~ values * scale}. Jacob et al. 2018,
 * arXiv:1712.05877, section 2.1, without zero points and for weights alone.
 *
 * @param values [out, in] INT8, from -127 to 127
 * @param scales [out] BFLOAT16, the largest magnitude of each row divided by 127
 */
public record Int8Weight(Parameter values, Parameter scales) implements PackedWeight {
    private static final int LARGEST = 127;
    private static final int COLUMNS = 16;

    /** Whether the native kernel takes {@code weight}, [out, in]. */
    public static boolean fits(Tensor weight) {
        return weight.size(1) % COLUMNS == 0;
    }

    /** Rounds {@code weight}, [out, in], which must {@link #fits fit}. */
    public static Int8Weight of(Tensor weight) {
        Check.that(
                fits(weight),
                "a weight in 8 bits must have inputs divisible by " + COLUMNS,
                Arrays.toString(weight.shape()));
        Tensor exact = weight.detach().to(DType.FLOAT32); // [out, in]
        Tensor largest = exact.abs().max(1); // [out]
        // A row of zeros has scale 1; the scale is rounded first, so that the values fit what it became.
        Tensor scales = largest.div(LARGEST)
                .where(largest.gt(0), Tensor.ones(DType.FLOAT32, largest.shape()))
                .to(DType.BFLOAT16); // [out]
        Tensor values = exact.div(scales.to(DType.FLOAT32).unsqueeze(1)).round().clamp(-LARGEST, LARGEST); // [out, in]
        return new Int8Weight(Parameter.buffer(values.to(DType.INT8)), Parameter.buffer(scales));
    }

    @Override
    public Tensor product(Tensor x) {
        return x.int8Linear(values.value(), scales.value());
    }
}
