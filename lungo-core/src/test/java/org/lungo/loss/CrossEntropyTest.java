package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class CrossEntropyTest implements LossContract {
    private static final double[] WEIGHTS = {1, 2, 0.5};
    private static final double SMOOTHING = 0.1;

    @Override
    public Loss loss() {
        return new CrossEntropy(Tensor.of(WEIGHTS, 3), SMOOTHING);
    }

    @Override
    public double[] outputs() {
        return new double[] {0.2, -1, 3, 1, 1.5, -0.5, 0, 0, 0.3};
    }

    @Override
    public long[] shape() {
        return new long[] {3, 3};
    }

    @Override
    public Tensor targets() {
        return Tensor.of(new long[] {2, 1, 0}, 3);
    }

    @Override
    public double[] expected() {
        double[] x = outputs();
        int[] target = {2, 1, 0};
        double[] losses = new double[3];
        for (int row = 0; row < 3; row++) {
            double sum = Math.exp(x[3 * row]) + Math.exp(x[3 * row + 1]) + Math.exp(x[3 * row + 2]);
            for (int k = 0; k < 3; k++) {
                double share = SMOOTHING / 3 + (k == target[row] ? 1 - SMOOTHING : 0);
                losses[row] += share * WEIGHTS[k] * (Math.log(sum) - x[3 * row + k]);
            }
        }
        return losses;
    }

    @Override
    public double[] counts() {
        return new double[] {WEIGHTS[2], WEIGHTS[1], WEIGHTS[0]};
    }

    @Test
    void rejectsTargetsThatAreNotClasses() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(outputs(), 3, 3);
            assertThatThrownBy(() -> CrossEntropy.DEFAULTS.of(logits, Tensor.of(new double[] {0, 1, 2}, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("crossEntropy: targets must be INT64 classes. Received: FLOAT64");
        }
    }

    @Test
    void rejectsAClassThatIsNotThere() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(outputs(), 3, 3);
            assertThatThrownBy(() -> CrossEntropy.DEFAULTS.of(logits, Tensor.of(new long[] {0, 1, 3}, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Target 3 is out of bounds");
        }
    }

    @Test
    void rejectsASmoothingAboveOne() {
        assertThatThrownBy(() -> new CrossEntropy(null, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labelSmoothing must lie between 0.0 and 1.0. Received: 1.5");
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(CrossEntropy.DEFAULTS).isEqualTo(new CrossEntropy(null, 0));
    }
}
