package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Against products in FLOAT64, in Java, with the numbers that the packed weights stand for. */
@ExtendWith(DirtyMemory.class)
class PackedLinearTest {
    /** BFLOAT16 keeps 8 bits: each product ends within 1/256 of its own size, and of the sums it is made of. */
    private static final double LIMIT = 1.0 / 200;

    @ParameterizedTest
    @CsvSource({"1,16,32", "3,48,64", "9,32,96", "2,7,20", "5,130,80"})
    void multipliesWithRoundedWeights(int rows, int out, int in) {
        try (Scope scope = Scope.inference()) {
            Tensor weight = Initializers.normal(1, Random.of(1), out, in);
            weight.narrow(0, 2, 1).copyInPlace(Tensor.zeros(DType.FLOAT32, 1, in)); // an output that is not used
            Tensor x = Initializers.normal(1, Random.of(2), rows, in).to(DType.BFLOAT16);
            if (Int8Weight.fits(weight)) {
                Int8Weight int8 = Int8Weight.of(weight);
                same(int8, x, dequantised(int8), out, in);
            }
            Bfloat16Weight half = Bfloat16Weight.of(weight);
            same(half, x, half.values().value().toDoubles(), out, in);
            if (Int4Weight.fits(weight)) {
                same(Int4Weight.of(weight), x, grouped(weight, in), out, in);
            }
        }
    }

    /** Half a step of each row's scale, and what rounding the scale adds. */
    @Test
    void roundsToTheNearestOf255Numbers() {
        try (Scope scope = Scope.inference()) {
            Tensor weight = Initializers.normal(1, Random.of(1), 16, 64);
            double[] exact = weight.toDoubles();
            double[] rounded = dequantised(Int8Weight.of(weight));
            double[] largest = weight.abs().max(1).toDoubles();
            for (int i = 0; i < exact.length; i++) {
                assertThat(rounded[i]).isCloseTo(exact[i], within(largest[i / 64] / 127 * 0.51));
            }
        }
    }

    @Test
    void addsTheBiasInFloat32AndKeepsTheType() {
        try (Scope scope = Scope.inference()) {
            Linear linear = new Linear.Config(64, 32, true).build(Random.of(1));
            Parameter bias = linear.bias();
            assertThat(bias).isNotNull();
            PackedLinear packed = new PackedLinear(Int8Weight.of(linear.weight().value()), bias);
            Tensor x = Tensor.zeros(DType.FLOAT32, 2, 3, 64);
            assertThat(packed.forward(x).shape()).containsExactly(2, 3, 32);
            assertThat(packed.forward(x).dtype()).isEqualTo(DType.FLOAT32);
            assertThat(packed.forward(x).select(0, 1).select(0, 2).toFloats())
                    .isEqualTo(bias.value().toFloats());
            assertThat(Parameters.of(packed).all().keySet()).containsExactly("weight.values", "weight.scales", "bias");
        }
    }

    @Test
    void refusesSizesThatTheKernelsDoNotTake() {
        try (Scope scope = Scope.inference()) {
            assertThatThrownBy(() -> Int4Weight.of(Tensor.ones(DType.FLOAT32, 17, 32)))
                    .hasMessage("a weight in 4 bits must have outputs divisible by 16 and inputs divisible by 32."
                            + " Received: [17, 32]");
            assertThatThrownBy(() -> Int8Weight.of(Tensor.ones(DType.FLOAT32, 4, 20)))
                    .hasMessage("a weight in 8 bits must have inputs divisible by 16. Received: [4, 20]");
            Tensor x = Tensor.ones(DType.BFLOAT16, 1, 20);
            Tensor scales = Tensor.ones(DType.BFLOAT16, 4);
            assertThatThrownBy(() -> x.int8Linear(Tensor.ones(DType.INT8, 4, 20), scales))
                    .hasMessage("int8Linear: the columns of the weights must be divisible by 16. Received: 20");
        }
    }

    private static double[] dequantised(Int8Weight weight) {
        double[] values = weight.values().value().to(DType.FLOAT32).toDoubles();
        double[] scales = weight.scales().value().toDoubles();
        int in = values.length / scales.length;
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(values[i])).isLessThanOrEqualTo(127);
            values[i] *= scales[i / in];
        }
        return values;
    }

    /** The definition, group by group. */
    private static double[] grouped(Tensor weight, int in) {
        double[] values = weight.toDoubles();
        for (int start = 0; start < values.length; start += Int4Weight.GROUP) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = start; i < start + Int4Weight.GROUP; i++) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            double step = max > min ? (max - min) / 15 : 1;
            double scale = bfloat16(step);
            double zero = bfloat16(min + 8 * step);
            for (int i = start; i < start + Int4Weight.GROUP; i++) {
                double level = Math.max(0, Math.min(15, Math.rint((values[i] - zero) / scale) + 8));
                values[i] = (level - 8) * scale + zero;
            }
        }
        return values;
    }

    private static double bfloat16(double value) {
        return Tensor.of(new float[] {(float) value}, 1).to(DType.BFLOAT16).item();
    }

    private static void same(PackedWeight weight, Tensor x, double[] dense, int out, int in) {
        double[] inputs = x.toDoubles();
        double[] actual = weight.product(x).toDoubles();
        for (int row = 0; row < actual.length / out; row++) {
            for (int o = 0; o < out; o++) {
                double sum = 0;
                double size = 0;
                for (int i = 0; i < in; i++) {
                    double product = inputs[row * in + i] * dense[o * in + i];
                    sum += product;
                    size += product * product;
                }
                assertThat(actual[row * out + o])
                        .as("%s, row %d, output %d", weight.getClass().getSimpleName(), row, o)
                        .isCloseTo(sum, within(LIMIT * (Math.abs(sum) + Math.sqrt(size)) + 1e-9));
            }
        }
    }
}
