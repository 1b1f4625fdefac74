package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers and gradients of layers over sequences are those of PyTorch 1.13, see {@code sequences.py} next to the values. */
@ExtendWith(DirtyMemory.class)
final class GoldenSequencesTest {
    private static final double TOLERANCE = 1e-5;

    static Stream<JsonNode> recurrent() throws IOException {
        return values("recurrent");
    }

    static Stream<JsonNode> convolution() throws IOException {
        return values("convolution");
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void stepsAsPyTorch(JsonNode golden) {
        try (Scope scope = Scope.training(0)) {
            List<Recurrent.Pass> passes = new ArrayList<>();
            JsonNode weights = golden.get("weights");
            for (int i = 0; i < weights.size(); i += 4) {
                int rows = weights.get(i + 2).size();
                passes.add(new Recurrent.Pass(
                        parameter(weights.get(i), rows, -1),
                        parameter(weights.get(i + 1), rows, -1),
                        parameter(weights.get(i + 2), rows),
                        parameter(weights.get(i + 3), rows)));
            }
            Recurrent.Cell cell =
                    Recurrent.Cell.valueOf(golden.get("cell").asString().toUpperCase(Locale.ROOT));
            Tensor x = tensor(golden.get("x"), 3, 5, 3).requireGradient();
            long[] lengths = {2, 5, 1};
            Tensor states = new Recurrent(cell, passes, true).forward(x, Tensor.of(lengths, 3)); // [3, 5, 8]
            assertThat(states.shape()).containsExactly(3, 5, 8);
            near(states, golden.get("states"));
            double[] factors = new double[120];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = Math.cos(i);
            }
            states.mul(Tensor.of(factors, 3, 5, 8).to(x.dtype())).sum().backward();
            near(Objects.requireNonNull(x.gradient()), golden.get("x_gradient"));
            List<Tensor> trained =
                    Parameters.of(new Recurrent(cell, passes, true)).trainable();
            for (int i = 0; i < trained.size(); i++) {
                near(
                        Objects.requireNonNull(trained.get(i).gradient()),
                        golden.get("weight_gradients").get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("convolution")
    void slidesAsPyTorch(JsonNode golden) {
        try (Scope scope = Scope.inference()) {
            Convolution1d layer =
                    new Convolution1d(parameter(golden.get("weight"), 2, 3, -1), parameter(golden.get("bias"), 2));
            near(layer.forward(tensor(golden.get("x"), 2, 3, 6)), golden.get("y"));
        }
    }

    private static void near(Tensor actual, JsonNode expected) {
        assertThat(actual.toDoubles()).containsExactly(doubles(expected), within(TOLERANCE));
    }

    private static Parameter parameter(JsonNode values, long... shape) {
        return Parameter.of(tensor(values, shape));
    }

    private static Tensor tensor(JsonNode values, long... shape) {
        double[] flat = doubles(values);
        float[] narrow = new float[flat.length];
        for (int i = 0; i < flat.length; i++) {
            narrow[i] = (float) flat[i];
        }
        return Tensor.of(narrow, flat.length).reshape(shape).copy();
    }

    private static double[] doubles(JsonNode values) {
        double[] doubles = new double[values.size()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values.get(i).asDouble();
        }
        return doubles;
    }

    private static Stream<JsonNode> values(String kind) throws IOException {
        try (InputStream in = GoldenSequencesTest.class.getResourceAsStream("sequences.json")) {
            JsonNode all = new JsonMapper().readTree(Objects.requireNonNull(in));
            return all.get(kind).valueStream();
        }
    }
}
