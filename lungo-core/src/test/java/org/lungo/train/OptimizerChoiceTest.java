package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.optim.Adam;
import org.lungo.optim.Lion;
import org.lungo.optim.Optimizer;
import org.lungo.optim.OptimizerConfig;
import org.lungo.optim.RmsProp;
import org.lungo.optim.Schedule;
import org.lungo.optim.Sgd;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.OptimizerChoice.Constants;
import org.lungo.train.OptimizerChoice.Decayed;
import org.lungo.train.OptimizerChoice.Type;

class OptimizerChoiceTest {
    private static final Constants USUAL = Constants.DEFAULTS;
    private static final List<Double> OWN = List.of();

    /** Each constant reaches the optimiser: three steps are the same as those of the optimiser made by hand. */
    @Test
    void handsEveryConstantOver() {
        List<Double> betas = List.of(0.7, 0.95);
        same(
                new OptimizerChoice(Type.ADAM, 0, false, 0.1, betas, 1e-3, new Constants(0.99, 0, true, Decayed.ALL)),
                new Adam.Config(0.7, 0.95, 1e-3, 0.1, true));
        same(new OptimizerChoice(Type.LION, 0, false, 0.1, betas, 1e-8, USUAL), new Lion.Config(0.7, 0.95, 0.1));
        same(new OptimizerChoice(Type.LION, 0, false, 0.1), new Lion.Config(0.9, 0.99, 0.1));
        same(
                new OptimizerChoice(
                        Type.RMSPROP, 0.5, false, 0.1, OWN, 1e-2, new Constants(0.8, 0, false, Decayed.ALL)),
                new RmsProp.Config(0.8, 1e-2, 0.1, 0.5));
        same(
                new OptimizerChoice(Type.SGD, 0.9, false, 0.1, OWN, 1e-8, new Constants(0.99, 0.5, false, Decayed.ALL)),
                new Sgd.Config(0.9, false, 0.1, 0.5));
        same(new OptimizerChoice(Type.SGD, 0.9, true, 0), new Sgd.Config(0.9, true, 0, 0));
    }

    @Test
    void refusesConstantsThatTheOptimizerLacks() {
        assertThatThrownBy(() -> new OptimizerChoice(Type.ADAMW, 0.9, false, 0))
                .hasMessage("momentum is a constant of [sgd, rmsprop]; leave it out. Received: optimizer: adamw");
        assertThatThrownBy(() -> new OptimizerChoice(Type.SGD, 0, false, 0, List.of(0.9, 0.9), 1e-8, USUAL))
                .hasMessageContaining("betas is a constant of [adam, adamw, lion]");
        assertThatThrownBy(() -> new OptimizerChoice(Type.ADAM, 0, false, 0, List.of(0.9), 1e-8, USUAL))
                .hasMessageContaining("betas must be two numbers, at least 0 and below 1, or empty. Received: [0.9]");
        assertThatThrownBy(() -> new OptimizerChoice(Type.LION, 0, false, 0, OWN, 1e-6, USUAL))
                .hasMessageContaining("epsilon is a constant of [adam, adamw, rmsprop]");
        assertThatThrownBy(() -> new OptimizerChoice(
                        Type.SGD, 0.9, true, 0, OWN, 1e-8, new Constants(0.99, 0.1, false, Decayed.ALL)))
                .hasMessageContaining("nesterov must go without dampening");
    }

    @Test
    void endsTheCosineAtTheMinimum() {
        ScheduleConfig config = new ScheduleConfig(ScheduleConfig.Type.COSINE, 0, 0.1, 10, 0.25, 1e-4);
        Schedule schedule = config.build(0.4, 10, 2);
        assertThat(schedule.learningRate(1)).isEqualTo(0.4);
        assertThat(schedule.learningRate(21)).isEqualTo(0.1);
    }

    /** By the decay's definition: without a gradient to follow, only what is drawn to 0 moves. */
    @Test
    void drawsMatricesAloneTo0() {
        try (Scope scope = Scope.open()) {
            Tensor matrix = Tensor.of(new float[] {1, -2, 3, 4}, 2, 2).requireGradient();
            Tensor bias = Tensor.of(new float[] {1, -2}, 2).requireGradient();
            OptimizerChoice choice = new OptimizerChoice(Type.ADAMW, 0, false, 0.5, OWN, 1e-8, Constants.OF_MATRICES);
            Optimizer optimizer = choice.build(List.of(bias, matrix));
            try (Scope step = Scope.training(0)) {
                matrix.sum().mul(0).add(bias.sum().mul(0)).backward();
                optimizer.step(0.1);
            }
            assertThat(matrix.toFloats()).containsExactly(0.95f, -1.9f, 2.85f, 3.8f);
            assertThat(bias.toFloats()).containsExactly(1, -2);
        }
    }

    private static void same(OptimizerChoice choice, OptimizerConfig config) {
        assertThat(steps(choice::build)).isEqualTo(steps(config::build));
    }

    private static double[] steps(java.util.function.Function<List<Tensor>, Optimizer> build) {
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensor.of(new float[] {1, -2, 3}, 3).requireGradient();
            Optimizer optimizer = build.apply(List.of(parameter));
            for (int step = 1; step <= 3; step++) {
                optimizer.zeroGradients();
                try (Scope inner = Scope.training(0)) {
                    parameter.mul(parameter).mul(step).sum().backward();
                    optimizer.step(0.05);
                }
            }
            return parameter.toDoubles();
        }
    }
}
