package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** What every layer must do, on fresh memory and on memory that was used before. A test class implements it and names the layer, its input and the shape of its output. */
@ExtendWith(DirtyMemory.class)
interface LayerContract {
    int ROWS = 4;
    double DIFFERENCE = 1e-6;

    /** The layer under test, as its config builds it. */
    Layer layer(Random random);

    /** The input of {@value #ROWS} rows; numbers as {@code dtype}, away from kinks. */
    default Tensor input(DType dtype) {
        return Waves.of(ROWS, 3).to(dtype);
    }

    /** The shape of the output. */
    default long[] outputShape() {
        return new long[] {ROWS, 3};
    }

    /** The names of the parameters and buffers in order. */
    default List<String> names() {
        return List.of();
    }

    @Test
    default void givesTheStatedShapeInTheTypeOfItsParameters() {
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThat(layer.forward(input(DType.FLOAT32)).shape()).isEqualTo(outputShape());
            assertThat(layer.forward(input(DType.FLOAT32)).dtype()).isEqualTo(DType.FLOAT32);
            assertThat(Wide.copy(layer).forward(input(DType.FLOAT64)).dtype()).isEqualTo(DType.FLOAT64);
        }
    }

    @Test
    default void namesItsParameters() {
        try (Scope scope = Scope.open()) {
            assertThat(Parameters.of(layer(Random.of(1))).all().keySet()).containsExactlyElementsOf(names());
        }
    }

    @Test
    default void gradientsAgreeWithFiniteDifferences() {
        try (Scope scope = Scope.open()) {
            Layer layer = Wide.copy(layer(Random.of(1)));
            Tensor input = input(DType.FLOAT64);
            List<Tensor> variables = new ArrayList<>(Parameters.of(layer).trainable());
            if (input.dtype().isFloating()) {
                variables.add(input.requireGradient());
            }
            try (Scope step = Scope.training(7)) {
                Tensor output = layer.forward(input);
                weighted(output).backward();
                // Central differences in float64: rounding near 1e-9 for each 10 of the sum, truncation below it.
                double limit = 1e-8 * Math.max(1, output.elements() / 12.0);
                for (Tensor variable : variables) {
                    double[] gradient = Objects.requireNonNull(variable.gradient(), "no gradient")
                            .toDoubles();
                    for (int i = 0; i < gradient.length; i++) {
                        double slope = slope(layer, input, variable, i);
                        assertThat(gradient[i]).isCloseTo(slope, within(limit));
                    }
                }
            }
        }
    }

    @Test
    default void answersTheSameAfterSavingAndLoading(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Layer layer = layer(Random.of(1));
            train(layer);
            Map<String, Tensor> weights = Parameters.of(layer).tensors();
            Path file = folder.resolve("layer.safetensors");
            Safetensors.write(file, weights, Map.of());
            Layer loaded = layer(Random.of(2));
            Parameters.of(loaded).load(Safetensors.read(file).tensors());
            weights.forEach((name, value) -> assertThat(
                            Parameters.of(loaded).tensors().get(name).toFloats())
                    .as(name)
                    .isEqualTo(value.toFloats()));
            assertThat(answer(loaded)).isEqualTo(answer(layer));
        }
    }

    @Test
    default void isTheSameForEqualSeeds() {
        try (Scope scope = Scope.open()) {
            assertThat(train(layer(Random.of(3)))).isEqualTo(train(layer(Random.of(3))));
        }
    }

    /** Outputs and all gradients, with products in either type. */
    @Test
    default void readsOnlyMemoryThatWasWritten() {
        for (Mode mode :
                new Mode[] {Mode.training(7), Mode.training(7).autocast(DType.BFLOAT16), Mode.INFERENCE.dropoutSeed(7)
                }) {
            DirtyMemory.givesTheSameBits(() -> outputsAndGradients(mode));
        }
    }

    private List<float[]> outputsAndGradients(Mode mode) {
        try (Scope scope = Scope.open(mode)) {
            Layer layer = layer(Random.of(1));
            List<Tensor> variables = new ArrayList<>(Parameters.of(layer).trainable());
            Tensor input = input(DType.FLOAT32);
            if (input.dtype().isFloating()) {
                variables.add(input.requireGradient());
            }
            Tensor output = layer.forward(input);
            List<float[]> results =
                    new ArrayList<>(List.of(output.to(DType.FLOAT32).toFloats()));
            if (mode.gradients()) {
                Tensor sum = weighted(output);
                DirtyMemory.fill();
                sum.backward();
                variables.forEach(variable ->
                        results.add(Objects.requireNonNull(variable.gradient()).toFloats()));
            }
            return results;
        }
    }

    @Test
    default void answersEachRowAlone() {
        try (Scope scope = Scope.inference()) {
            Layer layer = Wide.copy(layer(Random.of(1)));
            Tensor input = input(DType.FLOAT64);
            Tensor together = layer.forward(input);
            for (int row = 0; row < ROWS; row++) {
                double[] alone = layer.forward(input.narrow(0, row, 1)).toDoubles();
                // Float64; another batch size may change the order of additions only.
                assertThat(together.narrow(0, row, 1).toDoubles()).containsExactly(alone, within(1e-14));
            }
        }
    }

    @Test
    default void leavesItsInputAsItIs() {
        try (Scope scope = Scope.open()) {
            Tensor input = input(DType.FLOAT32);
            double[] before = input.toDoubles();
            try (Scope step = Scope.training(7)) {
                layer(Random.of(1)).forward(input);
            }
            assertThat(input.toDoubles()).isEqualTo(before);
        }
    }

    @Test
    default void keepsMemoryFlatOver50Steps() {
        try (Scope scope = Scope.open()) {
            Layer layer = layer(Random.of(1));
            train(layer); // the first step makes the gradients
            long before = Engine.liveTensors();
            for (int step = 0; step < 50; step++) {
                train(layer);
                answer(layer);
            }
            assertThat(Engine.liveTensors())
                    .isLessThanOrEqualTo(before); // the collector may free what other tests left
        }
    }

    /** One forward and backward pass; returns the output. */
    private float[] train(Layer layer) {
        try (Scope scope = Scope.training(7)) {
            Tensor input = input(DType.FLOAT32);
            if (input.dtype().isFloating()) {
                input.requireGradient();
            }
            Tensor output = layer.forward(input);
            weighted(output).backward();
            return output.toFloats();
        }
    }

    private float[] answer(Layer layer) {
        try (Scope scope = Scope.inference()) {
            return layer.forward(input(DType.FLOAT32)).toFloats();
        }
    }

    private static double slope(Layer layer, Tensor input, Tensor variable, int index) {
        double[] values = variable.toDoubles();
        double middle = values[index];
        double[] sums = new double[2];
        for (int side = 0; side < 2; side++) {
            values[index] = middle + (2 * side - 1) * DIFFERENCE;
            // Training as the gradient was, with the same dropped values.
            try (Scope scope = Scope.open(new Mode(false, true, 7, null, false))) {
                variable.copyInPlace(Tensor.of(values, variable.shape()));
                sums[side] = weighted(layer.forward(input)).item();
            }
        }
        values[index] = middle;
        try (Scope scope = Scope.open()) {
            variable.copyInPlace(Tensor.of(values, variable.shape()));
        }
        return (sums[1] - sums[0]) / (2 * DIFFERENCE);
    }

    /** A sum in which every element counts differently, so that no error of a gradient cancels. */
    private static Tensor weighted(Tensor output) {
        return output.mul(Waves.of(output.shape()).add(2).to(output.dtype())).sum();
    }
}
