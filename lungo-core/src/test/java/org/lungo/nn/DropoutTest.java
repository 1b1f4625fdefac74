package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class DropoutTest implements LayerContract {
    private static final int VALUES = 10_000;

    @Override
    public Layer layer(Random random) {
        return new Dropout(0.25);
    }

    /** 10,000 values dropped with chance 0.25: a standard error of 43, so that 217 is five of them. */
    @Test
    void dropsItsShareAndScalesTheRest() {
        float[] values = dropped(0.25, 1);
        int zeros = 0;
        for (float value : values) {
            assertThat(value).isIn(0f, (float) (1 / 0.75));
            zeros += value == 0 ? 1 : 0;
        }
        assertThat(zeros).isBetween(2500 - 217, 2500 + 217);
    }

    @Test
    void dropsOthersForOtherSeeds() {
        assertThat(dropped(0.5, 1)).isEqualTo(dropped(0.5, 1)).isNotEqualTo(dropped(0.5, 2));
    }

    @Test
    void dropsOthersInEachCallOfAStep() {
        try (Scope scope = Scope.training(1)) {
            Tensor x = Tensor.ones(DType.FLOAT32, VALUES);
            Layer layer = new Dropout(0.5);
            assertThat(layer.forward(x).toFloats())
                    .isNotEqualTo(layer.forward(x).toFloats());
        }
    }

    @Test
    void doesNothingOutsideTraining() {
        try (Scope scope = Scope.inference()) {
            Tensor x = Waves.of(ROWS, 3);
            assertThat(new Dropout(0.9).forward(x).toDoubles()).isEqualTo(x.toDoubles());
        }
    }

    @Test
    void doesNothingAtRateZero() {
        assertThat(dropped(0, 1)).containsOnly(1);
    }

    @Test
    void rejectsARateOfOne() {
        assertThatThrownBy(() -> new Dropout(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout must be at least 0 and below 1. Received: 1.0");
        assertThatThrownBy(() -> new Dropout(-0.1)).hasMessageEndingWith("Received: -0.1");
        assertThatThrownBy(() -> new Dropout(Double.NaN)).hasMessageEndingWith("Received: NaN");
    }

    private static float[] dropped(double rate, long seed) {
        try (Scope scope = Scope.training(seed)) {
            return new Dropout(rate).forward(Tensor.ones(DType.FLOAT32, VALUES)).toFloats();
        }
    }
}
