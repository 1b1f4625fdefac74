package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference is libtorch's own product of the same numbers in FLOAT64. */
@ExtendWith(DirtyMemory.class)
final class OneDnnLinearTest {
    @ParameterizedTest
    @CsvSource({"1,800,700,true", "3,640,1000,false", "50,128,128,true", "7,999,333,true"})
    void givesWhatTheProductInDoublePrecisionGives(int rows, int in, int out, boolean withBias) {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, rows, 1, in);
            Tensor weight = numbers(2, out, in);
            Tensor bias = withBias ? numbers(3, out) : null;
            Tensor y = OneDnnLinear.of(x, weight, bias);
            assertThat(y.shape()).containsExactly(rows, 1, out);
            assertThat(y.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(distance(y, exact(x, weight, bias))).isLessThan(1e-4);
        }
    }

    @Test
    void roundsTheResultAloneInSixteenBits() {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, 1, 640).to(DType.BFLOAT16);
            Tensor weight = numbers(2, 900, 640).to(DType.BFLOAT16);
            Tensor exact = exact(x, weight, null);
            Tensor y = OneDnnLinear.of(x, weight, null);
            assertThat(y.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(distance(y, exact)).isLessThan(exact.abs().max().item() / 256);
        }
    }

    /** Of a tensor whose rows are not one behind the other. */
    @Test
    void readsPartsOfTensors() {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, 4, 6, 512).select(1, 2); // [4, 512]
            Tensor weight = numbers(2, 512, 512);
            assertThat(distance(OneDnnLinear.of(x, weight, null), exact(x, weight, null)))
                    .isLessThan(1e-4);
        }
    }

    @Test
    void isTakenByDenseLayersOfSomeSizeWithoutGradients() {
        assumeThat(Engine.info().hasFastProducts()).isFalse();
        try (Scope scope = Scope.inference()) {
            Tensor weight = numbers(2, 1024, 512);
            assertThat(suits(numbers(1, 1, 512), weight)).isTrue();
            assertThat(suits(numbers(1, 1, 512), weight.narrow(0, 0, 1023))).isFalse();
            assertThat(suits(
                            numbers(1, 512, 512).transpose(0, 1),
                            numbers(2, 512, 1024).transpose(0, 1)))
                    .isFalse();
            assertThat(suits(numbers(1, 1, 512).to(DType.FLOAT64), weight.to(DType.FLOAT64)))
                    .isFalse();
            assertThat(suits(numbers(1, 1, 511), weight)).isFalse();
            assertThat(suits(numbers(1, 1, 512).to(DType.BFLOAT16), weight.to(DType.BFLOAT16)))
                    .isTrue();
            assertThat(suits(numbers(1, 2, 512).to(DType.BFLOAT16), weight.to(DType.BFLOAT16)))
                    .isFalse();
            assertThat(suits(numbers(1, 1, 512), weight.to(DType.BFLOAT16))).isFalse();
        }
        try (Scope scope = Scope.training(1)) {
            assertThat(suits(numbers(1, 1, 512), numbers(2, 1024, 512))).isFalse();
        }
        try (Scope scope = Scope.open(Mode.INFERENCE.autocast(DType.BFLOAT16))) {
            assertThat(suits(numbers(1, 1, 512), numbers(2, 1024, 512))).isFalse();
        }
    }

    private static boolean suits(Tensor x, Tensor weight) {
        return OneDnnLinear.suits(x, weight, null);
    }

    private static Tensor exact(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return wide(x).linear(wide(weight), bias == null ? null : wide(bias));
    }

    private static Tensor wide(Tensor x) {
        return x.to(DType.FLOAT64);
    }

    private static double distance(Tensor a, Tensor exact) {
        return wide(a).sub(exact).abs().max().item();
    }

    private static Tensor numbers(long seed, long... shape) {
        var random = Random.of(seed).generator();
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, shape);
    }
}
