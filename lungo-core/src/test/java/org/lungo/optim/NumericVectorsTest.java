package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.NumericVectors;
import tools.jackson.databind.JsonNode;

/** Keras' own expectations, from its optimisers' tests at the commit the vectors name, with their tolerances. */
final class NumericVectorsTest {
    private static final double[] SMALL = new double[10];
    private static final double[] RISING =
            IntStream.rangeClosed(1, 10).mapToDouble(i -> i / 10.0).toArray();

    static {
        Arrays.fill(SMALL, 0.01);
    }

    @Test
    void sgdTakesKerasOneStep() {
        oneStep("SGD lr=0.5 one step", Sgd.Config.DEFAULTS);
    }

    @Test
    void adamWTakesKerasOneStep() {
        oneStep("AdamW lr=0.5 wd=0.004 one step", new AdamW.Config(0.9, 0.999, 1e-7, 0.004, false));
    }

    @Test
    void lionTakesKerasOneStep() {
        oneStep("Lion lr=0.5 one step", Lion.Config.DEFAULTS);
    }

    @Test
    void amsgradFollowsKerasForFiveSteps() {
        JsonNode vector = NumericVectors.startingWith("Adam amsgrad");
        double[] expected = NumericVectors.numbers(vector.get("expected"));
        double[][] steps = script(new Adam.Config(0.9, 0.999, 1e-7, 0, true), 0.001);
        for (int step = 0; step < expected.length; step++) {
            double[] all = new double[10];
            Arrays.fill(all, expected[step]);
            assertThat(steps[step])
                    .containsExactly(all, within(vector.get("tol").asDouble()));
        }
    }

    @Test
    void nesterovWithoutMomentumFollowsKerasForFiveSteps() {
        JsonNode vector = NumericVectors.startingWith("SGD nesterov");
        double[] first = NumericVectors.numbers(vector.get("expected").get("x0"));
        double[] last = NumericVectors.numbers(vector.get("expected").get("x9"));
        double[][] steps = script(new Sgd.Config(0, true, 0, 0), 0.01);
        for (int step = 0; step < first.length; step++) {
            double tolerance = vector.get("tol").asDouble();
            assertThat(steps[step][0]).isCloseTo(first[step], within(tolerance));
            assertThat(steps[step][9]).isCloseTo(last[step], within(tolerance));
        }
    }

    /**
     * The vector is for decay outside the gradient, which Keras gives every optimiser. Ours follow their papers: AdamW and
     * Lion decouple it, the decay of SGD, RMSProp and Adam is part of the gradient as in PyTorch, and it is not theirs.
     */
    @ParameterizedTest
    @MethodSource("decoupled")
    void decoupledDecayFollowsKerasForThreeSteps(OptimizerConfig config) {
        JsonNode vector = NumericVectors.startingWith("decoupled weight_decay .004");
        double[] start = {vector.get("input").get("w").asDouble()};
        int steps = vector.get("input").get("steps").asInt();
        double[][] gradients = new double[steps][1];
        double[][] values = run(config, 1, start, gradients);
        assertThat(values[steps - 1][0])
                .isCloseTo(
                        vector.get("expected").asDouble(),
                        within(vector.get("tol").asDouble()));
    }

    static List<OptimizerConfig> decoupled() {
        return List.of(new AdamW.Config(0.9, 0.999, 1e-8, 0.004, false), new Lion.Config(0.9, 0.99, 0.004));
    }

    private static void oneStep(String name, OptimizerConfig config) {
        JsonNode vector = NumericVectors.startingWith(name);
        double[] start = NumericVectors.numbers(vector.get("input").get("w"));
        double[] gradient = NumericVectors.numbers(vector.get("input").get("grad"));
        assertThat(run(config, 0.5, start, gradient)[0])
                .containsExactly(
                        NumericVectors.numbers(vector.get("expected")),
                        within(vector.get("tol").asDouble()));
    }

    /** Keras' golden script: ten ones, one small gradient, then four times the rising one. */
    private static double[][] script(OptimizerConfig config, double learningRate) {
        double[] ones = new double[10];
        Arrays.fill(ones, 1);
        return run(config, learningRate, ones, SMALL, RISING, RISING, RISING, RISING);
    }

    /** The parameter after each step. */
    private static double[][] run(OptimizerConfig config, double learningRate, double[] start, double[]... gradients) {
        double[][] values = new double[gradients.length][];
        try (Scope scope = Scope.training(0)) {
            Tensor p = Tensor.of(start, start.length).requireGradient();
            Optimizer optimizer = config.build(List.of(p));
            for (int step = 0; step < gradients.length; step++) {
                optimizer.zeroGradients();
                p.mul(Tensor.of(gradients[step], start.length)).sum().backward();
                optimizer.step(learningRate);
                values[step] = p.toDoubles();
            }
        }
        return values;
    }
}
