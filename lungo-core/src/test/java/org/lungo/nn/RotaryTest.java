package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

@ExtendWith(DirtyMemory.class)
class RotaryTest {
    /** Complex numbers in FLOAT64 turn the pairs there; ours are FLOAT32, at places up to 100. */
    @Test
    void turnsPairsAsComplexNumbersDo() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            Tensor x = golden.get("rotary.x");
            Tensor places = golden.get("rotary.places");
            golden.check("rotary.plain", new Rotary(64, 10_000, null).at(places).of(x), 1e-5);
            Rotary.Scaling scaling = new Rotary.Scaling(8, 1, 4, 8192);
            golden.check(
                    "rotary.scaled", new Rotary(64, 500_000, scaling).at(places).of(x), 1e-5);
        }
    }

    /** The product of a query and a key depends on their distance alone. Su et al. 2021, equation 16. */
    @Test
    void makesProductsDependOnTheDistance() {
        try (Scope scope = Scope.inference()) {
            Rotary rotary = new Rotary(4, 100, null);
            Tensor q = Waves.of(1, 1, 1, 4);
            Tensor k = Waves.of(1, 1, 1, 4).add(1);
            double near = product(rotary, q, k, 5, 3);
            assertThat(product(rotary, q, k, 12, 10)).isCloseTo(near, within(1e-5));
            assertThat(product(rotary, q, k, 12, 11)).isNotCloseTo(near, within(1e-2));
        }
    }

    /** A rotation R is linear: the gradient g of w * Rx has g * x = w * Rx, and turned like x gives w back. */
    @Test
    void turnsGradientsBack() {
        try (Scope scope = Scope.training(1)) {
            Rotary.Rotation rotation =
                    new Rotary(4, 100, null).at(Tensor.arange(3).unsqueeze(0));
            Tensor x = Waves.of(1, 2, 3, 4).requireGradient();
            Tensor w = Waves.of(1, 2, 3, 4).add(3);
            rotation.of(x).mul(w).sum().backward();
            Tensor gradient = Objects.requireNonNull(x.gradient());
            // Cosines and sines are FLOAT32.
            assertThat(rotation.of(gradient).toDoubles()).containsExactly(w.toDoubles(), within(1e-5));
            assertThat(gradient.mul(x).sum().item())
                    .isCloseTo(rotation.of(x).mul(w).sum().item(), within(1e-10));
        }
    }

    @Test
    void keepsTheTypeOfItsInput() {
        try (Scope scope = Scope.inference()) {
            Rotary.Rotation rotation =
                    new Rotary(4, 100, null).at(Tensor.arange(3).unsqueeze(0));
            for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32, DType.BFLOAT16}) {
                assertThat(rotation.of(Waves.of(1, 2, 3, 4).to(dtype)).dtype()).isEqualTo(dtype);
            }
        }
    }

    @Test
    void rejectsWhatCannotTurn() {
        assertThatThrownBy(() -> new Rotary(5, 10_000, null))
                .hasMessage("the width of a head must be even for rotary positions. Received: 5");
        assertThatThrownBy(() -> new Rotary(4, 0, null))
                .hasMessage("base must be a finite number above 0. Received: 0.0");
        assertThatThrownBy(() -> new Rotary.Scaling(8, 4, 1, 8192))
                .hasMessage("highFactor must be above lowFactor. Received: 1.0 and 4.0");
        assertThatThrownBy(() -> new Rotary.Scaling(0.5, 1, 4, 8192))
                .hasMessage("factor must be at least 1. Received: 0.5");
    }

    private static double product(Rotary rotary, Tensor q, Tensor k, long at, long other) {
        Tensor turned = rotary.at(Tensor.of(new long[] {at}, 1, 1)).of(q);
        return turned.mul(rotary.at(Tensor.of(new long[] {other}, 1, 1)).of(k))
                .sum()
                .item();
    }
}
