package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class BinaryCrossEntropyTest implements LossContract {
    private static final double[] POSITIVE = {1.5, 3};
    private static final double[] TARGETS = {1, 0, 0, 1, 1, 1};

    @Override
    public Loss loss() {
        return new BinaryCrossEntropy(Tensor.of(POSITIVE, 2), 0.2);
    }

    @Override
    public double[] outputs() {
        return new double[] {0.2, -1, 3, 1, 1.5, -0.5};
    }

    @Override
    public long[] shape() {
        return new long[] {3, 2};
    }

    @Override
    public Tensor targets() {
        return Tensor.of(TARGETS, 3, 2);
    }

    @Override
    public double[] expected() {
        double[] losses = new double[3];
        for (int i = 0; i < TARGETS.length; i++) {
            double t = 0.8 * TARGETS[i] + 0.1;
            double p = 1 / (1 + Math.exp(-outputs()[i]));
            losses[i / 2] -= (POSITIVE[i % 2] * t * Math.log(p) + (1 - t) * Math.log(1 - p)) / 2;
        }
        return losses;
    }

    @Test
    void isFiniteForLargeLogits() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new double[] {800, -800}, 2);
            Tensor targets = Tensor.of(new double[] {0, 0}, 2);
            assertThat(BinaryCrossEntropy.DEFAULTS.each(logits, targets).toDoubles())
                    .containsExactly(new double[] {800, 0}, within(1e-12));
        }
    }

    @Test
    void rejectsAColumnAgainstARow() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new double[] {1, 2}, 2, 1);
            assertThatThrownBy(() -> BinaryCrossEntropy.DEFAULTS.of(logits, Tensor.of(new double[] {0, 1}, 2)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "binaryCrossEntropy: outputs and targets must have one shape. Received: [2, 1] and [2]");
        }
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(BinaryCrossEntropy.DEFAULTS).isEqualTo(new BinaryCrossEntropy(null, 0));
    }
}
