package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/** Two classes with the weights 0.6 and 3, against the closed form. */
class ClassWeightedTest implements LossContract {
    private static final double[] LOGITS = {0.3, -1.2, 2.5};

    @Override
    public Loss loss() {
        return new ClassWeighted(BinaryCrossEntropy.DEFAULTS, Tensor.of(new double[] {0.6, 3}, 2));
    }

    @Override
    public double[] outputs() {
        return LOGITS;
    }

    @Override
    public long[] shape() {
        return new long[] {ROWS, 1};
    }

    @Override
    public Tensor targets() {
        return Tensor.of(new double[] {1, 1, 0}, ROWS, 1);
    }

    @Override
    public double[] expected() {
        return new double[] {
            3 * Math.log1p(Math.exp(-LOGITS[0])),
            3 * Math.log1p(Math.exp(-LOGITS[1])),
            0.6 * Math.log1p(Math.exp(LOGITS[2]))
        };
    }

    @Override
    public double[] counts() {
        return new double[] {3, 3, 0.6};
    }

    /** torch.nn.CrossEntropyLoss weighs classes in the native loss; both ways must agree. */
    @Test
    void agreesWithTheNativeClassWeights() {
        try (Scope scope = Scope.open()) {
            Tensor weights = Tensor.of(new double[] {0.5, 2, 1}, 3);
            Tensor logits = Tensor.of(new double[] {0.1, 0.7, -1, 2, 0, 0.3}, 2, 3);
            Tensor targets = Tensor.of(new long[] {1, 2}, 2);
            double there = new CrossEntropy(weights, 0).of(logits, targets).item();
            double here = new ClassWeighted(CrossEntropy.DEFAULTS, weights)
                    .of(logits, targets)
                    .item();
            assertThat(here).isCloseTo(there, within(1e-12));
        }
    }

    @Test
    void rejectsWeightsThatAreNoVector() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> new ClassWeighted(CrossEntropy.DEFAULTS, Tensor.of(new double[] {1, 2}, 1, 2)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("weights [classes]");
        }
    }
}
