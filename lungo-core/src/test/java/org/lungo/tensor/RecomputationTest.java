package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gradients against those of values that were kept. */
@ExtendWith(DirtyMemory.class)
class RecomputationTest {
    private static final Mode AGAIN = Mode.training(7).recomputing(true);

    @Test
    void givesTheGradientsOfKeptValues() {
        assertThat(gradients(AGAIN, 0)).isDeepEqualTo(gradients(Mode.training(7), 0));
    }

    @Test
    void dropsTheSameValuesBothTimes() {
        float[][] first = gradients(AGAIN, 0.5);
        assertThat(gradients(AGAIN, 0.5)).isDeepEqualTo(first);
        // Each part is tanh(w x) with some places dropped: a kept place of the output tells the gradient of its row.
        try (Scope scope = Scope.open(AGAIN)) {
            Tensor weight = weight(0);
            Tensor x = Tensor.of(new float[] {0.5f, -1, 2}, 3, 1).requireGradient();
            Tensor y = Recomputation.of(part(weight, 0.5), x);
            float[] output = y.toFloats();
            y.sum().backward();
            float[] gradient = weight.gradient().toFloats();
            float[] input = x.toFloats();
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double tanh = output[i] / 2; // what is kept is doubled
                    double expected = output[i] == 0 ? 0 : 2 * (1 - tanh * tanh) * input[j];
                    assertThat((double) gradient[3 * i + j])
                            .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-5));
                }
            }
        }
    }

    @Test
    void computesEachPartOnceForwardAndOnceForGradientsAndNeverWithoutThem() {
        List<Integer> calls = new ArrayList<>();
        try (Scope scope = Scope.open(AGAIN)) {
            Tensor x = Tensor.of(new float[] {1, 2, 3}, 3, 1).requireGradient();
            Tensor y = Recomputation.of(z -> counted(calls, 1, z), x);
            Tensor loss = Recomputation.of(z -> counted(calls, 2, z), y).sum();
            assertThat(calls).containsExactly(1, 2);
            loss.backward();
            assertThat(calls).containsExactly(1, 2, 2, 1);
        }
        calls.clear();
        try (Scope scope = Scope.open(Mode.INFERENCE.recomputing(true))) {
            Recomputation.of(z -> counted(calls, 1, z), Tensor.ones(DType.FLOAT32, 3, 1));
            assertThat(calls).containsExactly(1);
        }
    }

    @Test
    void partsThatTheLossDoesNotDependOnAreLeftOut() {
        try (Scope scope = Scope.open(AGAIN)) {
            Tensor x = Tensor.of(new float[] {1, 2, 3}, 3, 1).requireGradient();
            Recomputation.of(part(weight(1), 0), x);
            x.sum().backward();
            assertThat(x.gradient().toFloats()).containsExactly(1, 1, 1);
        }
    }

    private static Tensor counted(List<Integer> calls, int number, Tensor x) {
        calls.add(number);
        return x.tanh();
    }

    private static UnaryOperator<Tensor> part(Tensor weight, double dropout) {
        return x -> weight.matmul(x).tanh().dropout(dropout); // [3, 1]
    }

    private static Tensor weight(int number) {
        float[] values = new float[9];
        for (int i = 0; i < 9; i++) {
            values[i] = (float) Math.sin(number * 9 + i + 1.0);
        }
        return Tensor.of(values, 3, 3).requireGradient();
    }

    /** Those of three parts in a row, the middle one with a part inside, and of what they begin with. */
    private static float[][] gradients(Mode mode, double dropout) {
        try (Scope scope = Scope.open(mode)) {
            List<Tensor> weights = List.of(weight(0), weight(1), weight(2));
            Tensor start = Tensor.of(new float[] {0.5f, -1, 2}, 3, 1).requireGradient();
            Tensor x = start.mul(2); // [3, 1]
            x = Recomputation.of(part(weights.get(0), dropout), x);
            x = Recomputation.of(y -> Recomputation.of(part(weights.get(1), dropout), y), x);
            x = Recomputation.of(part(weights.get(2), dropout), x);
            x.mul(x).sum().backward();
            float[][] gradients = new float[4][];
            for (int i = 0; i < 3; i++) {
                gradients[i] = weights.get(i).gradient().toFloats();
            }
            gradients[3] = start.gradient().toFloats();
            return gradients;
        }
    }
}
