package org.lungo.nn;

import java.util.Arrays;
import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * Weights in 4 bits, with a scale and a zero for each group of {@value #GROUP} columns of an output:
 * {@code weight ~ (value - 8) * scale + zero}.
 *
 * @param packed [out, in] in the order of the native kernel
 * @param scalesAndZeros [in / {@value #GROUP}, out, 2] BFLOAT16
 */
public record Int4Weight(Parameter packed, Parameter scalesAndZeros) implements PackedWeight {
    /** How many columns share a scale. */
    public static final int GROUP = 32;

    private static final int LEVELS = 15;
    private static final int MIDDLE = 8;
    private static final int ROWS = 16;

    /** Whether the native kernel takes {@code weight}, [out, in]. */
    public static boolean fits(Tensor weight) {
        return weight.size(0) % ROWS == 0 && weight.size(1) % GROUP == 0;
    }

    /** Rounds {@code weight}, [out, in], which must {@link #fits fit}. */
    public static Int4Weight of(Tensor weight) {
        Check.that(
                fits(weight),
                "a weight in 4 bits must have outputs divisible by " + ROWS + " and inputs divisible by " + GROUP,
                Arrays.toString(weight.shape()));
        long out = weight.size(0);
        long groups = weight.size(1) / GROUP;
        Tensor exact = weight.detach().to(DType.FLOAT32).reshape(out, groups, GROUP); // [out, groups, GROUP]
        Tensor smallest = exact.neg().max(2).neg(); // [out, groups]
        Tensor range = exact.max(2).sub(smallest); // [out, groups]
        Tensor scales = range.div(LEVELS).where(range.gt(0), Tensor.ones(DType.FLOAT32, range.shape()));
        Tensor scale = scales.to(DType.BFLOAT16); // [out, groups], rounded first, so that the values fit what it became
        Tensor zero = smallest.add(scales.mul(MIDDLE)).to(DType.BFLOAT16); // [out, groups]
        Tensor values =
                exact.sub(wide(zero)).div(wide(scale)).round().add(MIDDLE).clamp(0, LEVELS);
        Tensor both = Reshaping.stack(List.of(scale.transpose(0, 1), zero.transpose(0, 1)), 2); // [groups, out, 2]
        return new Int4Weight(
                Parameter.buffer(
                        values.reshape(out, groups * GROUP).to(DType.INT32).int4Pack()),
                Parameter.buffer(both));
    }

    private static Tensor wide(Tensor perGroup) {
        return perGroup.to(DType.FLOAT32).unsqueeze(2); // [out, groups, 1]
    }

    @Override
    public Tensor product(Tensor x) {
        return x.int4Linear(packed.value(), scalesAndZeros.value(), GROUP);
    }
}
