package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.data.Features;
import org.lungo.nn.Activation;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class MlpTest {
    private static final Inputs INPUTS = new Inputs(3, List.of(4, 5), 2);

    @Test
    void answersWithoutAHiddenLayer() {
        try (Scope scope = Scope.inference()) {
            Mlp mlp = new Mlp.Config(List.of(), Activation.RELU, 0, Mlp.Normalization.NONE, false, 8, 3)
                    .build(new Inputs(2, List.of(), 1), Random.of(1));
            Tensor numbers = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
            Features features = new Features(numbers, Tensor.zeros(DType.INT64, 2, 0));
            assertThat(mlp.forward(features).shape()).containsExactly(6, 1);
        }
    }

    @Test
    void namesItsParametersByTheirPlace() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = config(1).build(INPUTS, Random.of(1));
            assertThat(Parameters.of(mlp).all().keySet())
                    .containsExactly(
                            "embedding.table.table",
                            "embedding.offsets",
                            "blocks.0.linear.weight",
                            "blocks.0.linear.bias",
                            "head.weight",
                            "head.bias");
        }
    }

    /** Each member of an ensemble against the same network computed alone in plain Java. */
    @Test
    void answersAsItsMembersWouldAlone() {
        try (Scope scope = Scope.inference()) {
            Mlp mlp = new Mlp.Config(List.of(2), Activation.RELU, 0, Mlp.Normalization.NONE, false, 8, 3)
                    .build(new Inputs(2, List.of(), 1), Random.of(1));
            double[] x = {0.5, -1.5};
            Features row = new Features(Tensor.of(new float[] {0.5f, -1.5f}, 1, 2), Tensor.zeros(DType.INT64, 1, 0));
            double[] answers = mlp.forward(row).toDoubles();
            Map<String, double[]> p = new HashMap<>();
            Parameters.of(mlp).tensors().forEach((name, tensor) -> p.put(name, tensor.toDoubles()));
            for (int member = 0; member < 3; member++) {
                double answer = p.get("head.bias")[member];
                for (int unit = 0; unit < 2; unit++) {
                    double sum = 0;
                    for (int in = 0; in < 2; in++) {
                        sum += x[in]
                                * p.get("blocks.0.linear.inputScale")[member * 2 + in]
                                * p.get("blocks.0.linear.shared.weight")[unit * 2 + in];
                    }
                    sum = sum * p.get("blocks.0.linear.outputScale")[member * 2 + unit]
                            + p.get("blocks.0.linear.bias")[member * 2 + unit];
                    answer += Math.max(0, sum) * p.get("head.weight")[member * 2 + unit];
                }
                assertThat(answers[member]).isCloseTo(answer, within(1e-6));
            }
        }
    }

    @Test
    void countsItsParametersWithoutBeingMade() {
        for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(7), List.of(6, 6, 9))) {
            for (int members : new int[] {1, 3}) {
                for (Mlp.Normalization normalization : Mlp.Normalization.values()) {
                    if (members == 1 || normalization != Mlp.Normalization.BATCH) {
                        Mlp.Config config = new Mlp.Config(hidden, Activation.RELU, 0, normalization, true, 4, members);
                        try (Scope scope = Scope.open()) {
                            assertThat(config.count(INPUTS))
                                    .as(config.toString())
                                    .isEqualTo(
                                            config.build(INPUTS, Random.of(1)).count());
                        }
                    }
                }
            }
        }
    }

    @Test
    void refusesALayerTooWideForAnyMachine() {
        Mlp.Config config =
                new Mlp.Config(List.of(200_000_000), Activation.RELU, 0, Mlp.Normalization.NONE, false, 4, 1);
        assertThatThrownBy(() -> config.build(INPUTS, Random.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a parameter may have at most 2147483647 values. Received: the shape [200000000, 11]; make the"
                                + " layer narrower");
    }

    @Test
    void answersTheSameWhenItsScalesAreFolded() {
        for (int members : new int[] {1, 3}) {
            for (Mlp.Normalization normalization : List.of(Mlp.Normalization.NONE, Mlp.Normalization.LAYER)) {
                try (Scope scope = Scope.inference()) {
                    Mlp mlp = new Mlp.Config(List.of(16, 16), Activation.RELU, 0.1, normalization, true, 8, members)
                            .build(INPUTS, Random.of(1));
                    Features rows = new Features(
                            Tensor.of(new float[] {0.5f, -1.5f, 2, 0, 1, -3}, 2, 3), Tensor.of(new long[4], 2, 2));
                    double[] plain = mlp.forward(rows).toDoubles();
                    assertThat(mlp.folded().forward(rows).toDoubles()).containsExactly(plain, within(1e-5));
                }
            }
        }
    }

    @Test
    void doesNotFoldWeightsThatWouldNotFitTheCache() {
        try (Scope scope = Scope.open()) {
            Mlp wide = new Mlp.Config(List.of(600, 600), Activation.RELU, 0, Mlp.Normalization.NONE, false, 8, 4)
                    .build(INPUTS, Random.of(1));
            assertThat(wide.folded().blocks().get(0)).isNotEqualTo(wide.blocks().get(0));
            assertThat(wide.folded().blocks().get(1)).isEqualTo(wide.blocks().get(1));
        }
    }

    @Test
    void startsEquallyForEqualSeeds() {
        try (Scope scope = Scope.open()) {
            assertThat(weights(1)).isEqualTo(weights(1)).isNotEqualTo(weights(2));
        }
    }

    @Test
    void listsEveryWrongWeight() {
        try (Scope scope = Scope.open()) {
            Parameters parameters = Parameters.of(config(1).build(INPUTS, Random.of(1)));
            Map<String, Tensor> wrong = new HashMap<>(parameters.tensors());
            wrong.remove("head.bias");
            wrong.put("head.weight", Tensor.zeros(DType.FLOAT32, 1, 1));
            wrong.put("tail", Tensor.zeros(DType.FLOAT32, 1));
            assertThatThrownBy(() -> parameters.load(wrong))
                    .hasMessageContaining("'head.bias' is missing")
                    .hasMessageContaining("'head.weight' must have shape [2, 4], got [1, 1]")
                    .hasMessageContaining("'tail' is not a parameter");
        }
    }

    @Test
    void refusesBatchNormalizationForAnEnsemble() {
        assertThatThrownBy(() -> new Mlp.Config(List.of(4), Activation.RELU, 0, Mlp.Normalization.BATCH, false, 8, 2))
                .hasMessageContaining("normalization: layer");
    }

    private static Mlp.Config config(int members) {
        return new Mlp.Config(List.of(4), Activation.RELU, 0, Mlp.Normalization.NONE, false, 2, members);
    }

    private static double[] weights(long seed) {
        return Parameters.of(config(2).build(INPUTS, Random.of(seed)))
                .tensors()
                .get("head.weight")
                .toDoubles();
    }
}
