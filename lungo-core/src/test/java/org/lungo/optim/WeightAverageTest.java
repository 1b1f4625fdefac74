package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class WeightAverageTest {
    @Test
    void followsTheParametersByItsDecay() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = parameter(10);
            WeightAverage average = new WeightAverage(List.of(p), 0.9);
            p.copyInPlace(Tensor.of(new double[] {20}, 1));
            average.update();
            average.update();
            // 0.9 * (0.9 * 10 + 0.1 * 20) + 0.1 * 20 = 11.9
            assertThat(first(average).toDoubles()[0]).isCloseTo(11.9, within(1e-12));
        }
    }

    @Test
    void swapsInAndOut() {
        try (Scope scope = Scope.training(0)) {
            Tensor p = parameter(10);
            WeightAverage average = new WeightAverage(List.of(p), 0.5);
            p.copyInPlace(Tensor.of(new double[] {20}, 1));
            average.update();
            average.swap();
            assertThat(p.toDoubles()).containsExactly(15);
            average.swap();
            assertThat(p.toDoubles()).containsExactly(20);
        }
    }

    @Test
    void refusesToUpdateWhileSwapped() {
        try (Scope scope = Scope.training(0)) {
            WeightAverage average = new WeightAverage(List.of(parameter(1)), 0.5);
            average.swap();
            assertThatThrownBy(average::update)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call swap() again first");
        }
    }

    @Test
    void loadsASavedState() {
        try (Scope scope = Scope.training(0)) {
            WeightAverage average = new WeightAverage(List.of(parameter(1)), 0.5);
            average.load(Map.of("average.0", Tensor.of(new double[] {7}, 1)));
            average.swap();
            average.swap();
            assertThat(first(average).toDoubles()).containsExactly(7);
        }
    }

    private static Tensor first(WeightAverage average) {
        return Objects.requireNonNull(average.state().get("average.0"));
    }

    private static Tensor parameter(double value) {
        return Tensor.of(new double[] {value}, 1).requireGradient();
    }
}
