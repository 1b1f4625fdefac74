package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class GradientTransformTest {
    @Test
    void clipNormScalesAllGradientsTogether() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = withGradient(3, 0);
            Tensor q = withGradient(4);
            ClipNorm clip = new ClipNorm(List.of(p, q), 2.5);
            clip.apply();
            assertThat(clip.lastNorm()).isEqualTo(5);
            assertThat(gradient(p)).containsExactly(new double[] {1.5, 0}, within(1e-5));
            assertThat(gradient(q)).containsExactly(new double[] {2}, within(1e-5));
        }
    }

    @Test
    void clipNormLeavesSmallGradients() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = withGradient(3, 4);
            new ClipNorm(List.of(p), 6).apply();
            assertThat(gradient(p)).containsExactly(3, 4);
        }
    }

    @Test
    void clipNormShowsAnInfiniteNormAndChangesNothing() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = withGradient(3, Double.POSITIVE_INFINITY);
            ClipNorm clip = new ClipNorm(List.of(p), 1);
            clip.apply();
            assertThat(clip.lastNorm()).isInfinite();
            assertThat(gradient(p)).containsExactly(3, Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void clipNormWithoutGradientsIsZero() {
        try (Scope scope = Scope.training(0)) {
            ClipNorm clip = new ClipNorm(List.of(Tensor.of(new double[] {1}, 1).requireGradient()), 1);
            clip.apply();
            assertThat(clip.lastNorm()).isZero();
        }
    }

    @Test
    void clipValueMovesEachElementIntoItsRange() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = withGradient(-3, 0.25, 7);
            new ClipValue(List.of(p), 0.5).apply();
            assertThat(gradient(p)).containsExactly(-0.5, 0.25, 0.5);
        }
    }

    @Test
    void keepMemoryFlat() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = withGradient(1, 2);
            ClipNorm norm = new ClipNorm(List.of(p), 1);
            ClipValue value = new ClipValue(List.of(p), 1);
            long before = Engine.liveTensors();
            for (int i = 0; i < 2000; i++) {
                norm.apply();
                value.apply();
            }
            assertThat(Engine.liveTensors())
                    .isLessThanOrEqualTo(before); // the collector may free what other tests left
        }
    }

    /** A parameter whose gradient has the given elements. */
    private static Tensor withGradient(double... elements) {
        Tensor p = Tensor.of(new double[elements.length], elements.length).requireGradient();
        p.mul(Tensor.of(elements, elements.length)).sum().backward();
        return p;
    }

    private static double[] gradient(Tensor p) {
        Tensor gradient = p.gradient();
        return gradient == null ? new double[0] : gradient.toDoubles();
    }
}
