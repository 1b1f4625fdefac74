package org.lungo.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/** What every loss must do, on fresh memory and on memory that was used before. A test class implements it and names the loss, an example and the closed form. */
@ExtendWith(DirtyMemory.class)
interface LossContract {
    int ROWS = 3;
    double DIFFERENCE = 1e-6;

    /** The loss under test. */
    Loss loss();

    /** Outputs of {@value #ROWS} rows in row-major order, away from kinks. */
    double[] outputs();

    /** The shape of the outputs. */
    long[] shape();

    /** FLOAT64 or INT64 targets for the outputs. */
    Tensor targets();

    /** The loss of each row, from the formula, in Java doubles. */
    double[] expected();

    /** What each row counts in the plain mean; equal unless the loss weighs classes. */
    default double[] counts() {
        return new double[] {1, 1, 1};
    }

    @Test
    default void eachRowFollowsTheClosedForm() {
        try (Scope scope = Scope.open()) {
            assertThat(loss().each(output(outputs()), targets()).toDoubles())
                    .containsExactly(expected(), within(1e-12));
        }
    }

    @Test
    default void meanIsOverTheRows() {
        try (Scope scope = Scope.open()) {
            double mean = weightedMean(1, 1, 1);
            Tensor value = loss().of(output(outputs()), targets());
            assertThat(value.rank()).isZero();
            assertThat(value.item()).isCloseTo(mean, within(1e-12));
        }
    }

    @Test
    default void weightsCountTheRows() {
        try (Scope scope = Scope.open()) {
            Tensor weights = Tensor.of(new double[] {2, 0, 0.5}, ROWS);
            assertThat(loss().of(output(outputs()), targets(), weights).item())
                    .isCloseTo(weightedMean(2, 0, 0.5), within(1e-12));
        }
    }

    @Test
    default void gradientAgreesWithFiniteDifferences() {
        try (Scope scope = Scope.training(0)) {
            Tensor output = output(outputs()).requireGradient();
            loss().of(output, targets()).backward();
            double[] gradient =
                    Objects.requireNonNull(output.gradient(), "no gradient").toDoubles();
            for (int i = 0; i < gradient.length; i++) {
                // Central differences in float64: truncation and rounding are both near 1e-10.
                double slope = (at(i, DIFFERENCE) - at(i, -DIFFERENCE)) / (2 * DIFFERENCE);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    @Test
    default void readsOnlyMemoryThatWasWritten() {
        DirtyMemory.givesTheSameBits(() -> {
            try (Scope scope = Scope.training(0)) {
                Tensor output = output(outputs()).requireGradient();
                Tensor value = loss().of(output, targets());
                DirtyMemory.fill();
                value.backward();
                return List.of(
                        value.toFloats(),
                        Objects.requireNonNull(output.gradient()).toFloats());
            }
        });
    }

    @Test
    default void rejectsTargetsOfAnotherShape() {
        try (Scope scope = Scope.open()) {
            Tensor targets = targets().unsqueeze(0);
            assertThatThrownBy(() -> loss().of(output(outputs()), targets))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("targets")
                    .hasMessageContaining("Received: ");
        }
    }

    @Test
    default void rejectsWeightsThatAreNotPerRow() {
        try (Scope scope = Scope.open()) {
            Tensor weights = Tensor.of(new double[] {1, 1, 1}, ROWS, 1);
            assertThatThrownBy(() -> loss().of(output(outputs()), targets(), weights))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("weights [batch]");
        }
    }

    @Test
    default void keepsMemoryFlat() {
        long before = Engine.liveTensors();
        for (int step = 0; step < 200; step++) {
            try (Scope scope = Scope.training(0)) {
                loss().of(output(outputs()).requireGradient(), targets()).backward();
            }
        }
        assertThat(Engine.liveTensors()).isLessThanOrEqualTo(before); // the collector may free what other tests left
    }

    private double at(int index, double difference) {
        double[] moved = outputs().clone();
        moved[index] += difference;
        return loss().of(output(moved), targets()).item();
    }

    private Tensor output(double... values) {
        return Tensor.of(values, shape());
    }

    private double weightedMean(double... weights) {
        double sum = 0;
        double count = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += weights[row] * expected()[row];
            count += weights[row] * counts()[row];
        }
        return sum / count;
    }
}
