package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void namesBothShapesOfAWrongProduct() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.zeros(DType.FLOAT32, 32, 10);
            assertThatThrownBy(() -> x.matmul(x))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("matmul")
                    .hasMessageContaining("Received: FLOAT32[32, 10], FLOAT32[32, 10]");
        }
    }

    @Test
    void refusesValuesThatDoNotFillTheShape() {
        assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2)).hasMessageContaining("3 values for shape [2, 2]");
    }

    /** The gradient of every operation against central differences in FLOAT64. */
    @Test
    void differentiates() {
        Map<String, UnaryOperator<Tensor>> operations = Map.ofEntries(
                Map.entry("relu", Tensor::relu),
                Map.entry("gelu", Tensor::gelu),
                Map.entry("silu", Tensor::silu),
                Map.entry("elu", Tensor::elu),
                Map.entry("mish", Tensor::mish),
                Map.entry("tanh", Tensor::tanh),
                Map.entry("sigmoid", Tensor::sigmoid),
                Map.entry("softplus", Tensor::softplus),
                Map.entry("leakyRelu", x -> x.leakyRelu(0.1)),
                Map.entry("exp", Tensor::exp),
                Map.entry("square", Tensor::square),
                Map.entry("softmax", x -> x.softmax(-1).square()),
                Map.entry("logSoftmax", x -> x.logSoftmax(-1).square()),
                Map.entry("logSumExp", x -> x.logSumExp(1)),
                Map.entry("transpose", x -> x.transpose(0, 1).matmul(x)),
                Map.entry("sum", x -> x.sum(1).square()),
                Map.entry("mean", x -> x.mean(0).square()));
        double[] values = {0.3, -0.7, 1.1, -1.4, 0.9, 0.2};
        operations.forEach((name, operation) -> {
            double[] gradient = gradient(operation, values);
            for (int i = 0; i < values.length; i++) {
                assertThat(gradient[i]).as(name).isCloseTo(difference(operation, values, i), within(1e-6));
            }
        });
    }

    private static double[] gradient(UnaryOperator<Tensor> operation, double[] values) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(values, 2, 3).requireGradient();
            operation.apply(x).sum().backward();
            return x.gradient().toDoubles();
        }
    }

    private static double difference(UnaryOperator<Tensor> operation, double[] values, int i) {
        double step = 1e-6;
        double[] up = values.clone();
        up[i] += step;
        double[] down = values.clone();
        down[i] -= step;
        try (Scope scope = Scope.inference()) {
            double above = operation.apply(Tensor.of(up, 2, 3)).sum().item();
            double below = operation.apply(Tensor.of(down, 2, 3)).sum().item();
            return (above - below) / (2 * step);
        }
    }

    @Test
    void becomesAnotherAndFreesItsOwnMemory() {
        try (Scope scope = Scope.open()) {
            long before = Engine.liveBytes();
            Tensor tensor = Tensor.zeros(DType.FLOAT32, 1 << 20);
            try (Scope inner = Scope.open()) {
                tensor.become(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
            }
            assertThat(tensor.shape()).containsExactly(2, 2);
            assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 4);
            assertThat(Engine.liveBytes() - before).isLessThan(1 << 20);
            assertThatThrownBy(() -> tensor.become(Tensor.zeros(DType.INT64, 2)))
                    .hasMessage("become: the types must be equal. Received: FLOAT32 and INT64");
        }
    }
}
