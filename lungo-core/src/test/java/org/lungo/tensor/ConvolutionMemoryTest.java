package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The oneDNN of libtorch 2.10 copied channels into blocks of 16, left the padding as it was and multiplied it: on Zen 5, of 120
 * forward passes with 24 and 30 channels on memory full of NaN, 117 were not finite. The native operations themselves, so that
 * convolutions in two dimensions are looked at before any layer has them.
 */
@Tag("slow")
class ConvolutionMemoryTest {
    private static final int[] IN = {3, 8, 16, 24, 30, 40, 48, 64, 100, 128};
    private static final int[] OUT = {8, 16, 24, 30, 64, 100};
    private static final int TIMES = 5;

    @ParameterizedTest
    @CsvSource({"1,FLOAT32", "1,BFLOAT16", "2,FLOAT32", "2,BFLOAT16"})
    void readsOnlyMemoryThatWasWritten(int dimensions, DType dtype) {
        Engine.load();
        for (int in : IN) {
            for (int out : OUT) {
                int[] wrong = new int[3];
                try (PointerScope scope = new PointerScope()) {
                    torch.manual_seed(3);
                    var x = numbers(dtype, 4, in, dimensions == 1 ? 20 : 8, dimensions);
                    var weight = numbers(dtype, out, in, 3, dimensions);
                    var bias = torch.randn(out).to(dtype.scalarType());
                    for (int time = 0; time < TIMES; time++) {
                        count(wrong, dimensions, x, weight, new TensorOptional(bias));
                    }
                }
                assertThat(wrong)
                        .as(
                                "not finite of %d with %d and %d channels: values, gradients of x, of weights",
                                TIMES, in, out)
                        .containsOnly(0);
            }
        }
    }

    private static void count(
            int[] wrong,
            int dimensions,
            org.bytedeco.pytorch.Tensor x,
            org.bytedeco.pytorch.Tensor weight,
            TensorOptional bias) {
        try (PointerScope scope = new PointerScope()) {
            var operand = x.detach().set_requires_grad(true);
            var filter = weight.detach().set_requires_grad(true);
            long[] one = ones(dimensions);
            DirtyMemory.fill();
            var y = dimensions == 1
                    ? torch.conv1d(operand, filter, bias, one, one, one, 1)
                    : torch.conv2d(operand, filter, bias, one, one, one, 1);
            var slope = torch.ones_like(y);
            DirtyMemory.fill();
            y.backward(slope, Op.NO_FLAG, false, Op.NO_TENSORS);
            wrong[0] += isFinite(y) ? 0 : 1;
            wrong[1] += isFinite(operand.grad()) ? 0 : 1;
            wrong[2] += isFinite(filter.grad()) ? 0 : 1;
        }
    }

    private static boolean isFinite(org.bytedeco.pytorch.Tensor x) {
        return torch.isfinite(x).all().item_bool();
    }

    private static org.bytedeco.pytorch.Tensor numbers(
            DType dtype, long rows, long channels, long size, int dimensions) {
        long[] shape = new long[2 + dimensions];
        Arrays.fill(shape, size);
        shape[0] = rows;
        shape[1] = channels;
        return torch.randn(shape).to(dtype.scalarType());
    }

    private static long[] ones(int dimensions) {
        long[] ones = new long[dimensions];
        Arrays.fill(ones, 1);
        return ones;
    }
}
