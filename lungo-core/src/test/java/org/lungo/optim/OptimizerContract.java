package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** What every optimiser must do, on fresh memory and on memory that was used before. A test class implements it and names the optimiser and its textbook formula. */
@ExtendWith(DirtyMemory.class)
interface OptimizerContract {
    double RATE = 0.05;

    /** The optimiser under test, with every constant away from its default. */
    OptimizerConfig config();

    /** The same optimiser for one element, in Java doubles, from the paper's formula. */
    Textbook textbook();

    /** One element's way; the object remembers what the optimiser does. */
    @FunctionalInterface
    interface Textbook {
        double next(double parameter, double gradient, double learningRate);
    }

    @Test
    default void followsTheTextbookInFloat64() {
        Textbook first = textbook();
        Textbook second = textbook();
        double x = 1.5;
        double y = -0.7;
        try (Scope scope = Scope.open()) {
            Tensor p = Tensor.of(new double[] {x, y}, 2).requireGradient();
            Optimizer optimizer = config().build(List.of(p));
            for (int step = 0; step < 25; step++) {
                gradientStep(optimizer, p, RATE);
                x = first.next(x, Math.sin(x), RATE);
                y = second.next(y, Math.sin(y), RATE);
            }
            // Float64 throughout; the bound leaves room for another order of additions only.
            assertThat(p.toDoubles()[0]).isCloseTo(x, within(1e-10));
            assertThat(p.toDoubles()[1]).isCloseTo(y, within(1e-10));
        }
    }

    @Test
    default void readsOnlyMemoryThatWasWritten() {
        DirtyMemory.givesTheSameBits(() -> {
            try (Scope scope = Scope.open()) {
                Tensor p = Tensor.of(new float[] {0.3f, -2f, 1f}, 3).requireGradient();
                Optimizer optimizer = config().build(List.of(p));
                for (int step = 0; step < 5; step++) {
                    DirtyMemory.fill();
                    gradientStep(optimizer, p, RATE);
                }
                return List.of(p.toFloats());
            }
        });
    }

    @Test
    default void resumesBitForBit() {
        try (Scope scope = Scope.open()) {
            Tensor p = Tensor.of(new float[] {0.3f, -2f, 1f}, 3).requireGradient();
            Optimizer original = config().build(List.of(p));
            for (int step = 0; step < 5; step++) {
                gradientStep(original, p, RATE);
            }
            Tensor q = p.copy().requireGradient();
            Optimizer resumed = config().build(List.of(q));
            resumed.load(copies(original.state()));
            for (int step = 0; step < 5; step++) {
                gradientStep(original, p, RATE);
                gradientStep(resumed, q, RATE);
            }
            assertThat(q.toFloats()).isEqualTo(p.toFloats());
        }
    }

    @Test
    default void skipsParametersWithoutGradient() {
        try (Scope scope = Scope.open()) {
            Tensor idle = Tensor.of(new float[] {5f}, 1).requireGradient();
            Tensor p = Tensor.of(new float[] {0.3f, -2f}, 2).requireGradient();
            Tensor alone = p.copy().requireGradient();
            Optimizer both = config().build(List.of(idle, p));
            Optimizer one = config().build(List.of(alone));
            for (int step = 0; step < 3; step++) {
                gradientStep(both, p, RATE);
                gradientStep(one, alone, RATE);
            }
            assertThat(idle.toFloats()).containsExactly(5f);
            assertThat(p.toFloats()).isEqualTo(alone.toFloats());
        }
    }

    @Test
    default void keepsMemoryFlatOver2000Steps() {
        try (Scope scope = Scope.open()) {
            Tensor p = Tensor.ones(DType.FLOAT32, 8).requireGradient();
            Optimizer optimizer = config().build(List.of(p));
            long before = Engine.liveTensors();
            for (int step = 0; step < 2000; step++) {
                gradientStep(optimizer, p, RATE);
            }
            assertThat(Engine.liveTensors())
                    .isLessThanOrEqualTo(before); // the collector may free what other tests left
        }
    }

    @Test
    default void zeroGradientsForgetsThem() {
        try (Scope scope = Scope.open(Mode.training(0))) {
            Tensor p = Tensor.ones(DType.FLOAT32, 2).requireGradient();
            Optimizer optimizer = config().build(List.of(p));
            p.sum().backward();
            optimizer.zeroGradients();
            assertThat(p.gradient()).isNull();
        }
    }

    @Test
    default void rejectsTheStateOfAnotherOptimizer() {
        try (Scope scope = Scope.open()) {
            Optimizer optimizer =
                    config().build(List.of(Tensor.ones(DType.FLOAT32, 2).requireGradient()));
            assertThatThrownBy(() -> optimizer.load(Map.of("other", Tensor.ones(DType.FLOAT32, 2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be of the same optimiser")
                    .hasMessageContaining("Received: [other]");
        }
    }

    @Test
    default void rejectsAnEmptyListOfParameters() {
        assertThatThrownBy(() -> config().build(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one parameter");
    }

    /** One step down {@code sum(1 - cos(p))}, whose gradient is sin(p). */
    private static void gradientStep(Optimizer optimizer, Tensor p, double learningRate) {
        try (Scope scope = Scope.training(0)) {
            optimizer.zeroGradients();
            p.cos().neg().sum().backward();
            optimizer.step(learningRate);
        }
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> state) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return copies;
    }
}
