package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lungo.tensor.Tensor;

final class HuberTest implements LossContract {
    private static final double[] TARGETS = {1, 0, 0.5, 1, -1, 2};

    @Override
    public Loss loss() {
        return new Huber(0.9);
    }

    @Override
    public double[] outputs() {
        return new double[] {0.2, -1, 3, 1.25, 1.5, -0.5};
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
            double distance = Math.abs(outputs()[i] - TARGETS[i]);
            losses[i / 2] += (distance <= 0.9 ? distance * distance / 2 : 0.9 * (distance - 0.45)) / 2;
        }
        return losses;
    }

    @Test
    void rejectsADistanceOfZero() {
        assertThatThrownBy(() -> new Huber(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delta must be a finite number above 0. Received: 0.0");
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(Huber.DEFAULTS).isEqualTo(new Huber(1));
    }
}
