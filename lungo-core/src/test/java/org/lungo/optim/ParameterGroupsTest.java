package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class ParameterGroupsTest {
    private static final AdamW.Config STRONG = new AdamW.Config(0.9, 0.99, 1e-8, 0.5, false);
    private static final AdamW.Config NONE = new AdamW.Config(0.9, 0.99, 1e-8, 0, false);

    @Test
    void changesEachParameterAsItsOwnOptimizerWould() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.of(new float[] {1, -2}, 2).requireGradient();
            Tensor b = Tensor.of(new float[] {3, 4}, 2).requireGradient();
            Tensor c = a.copy().requireGradient();
            Tensor d = b.copy().requireGradient();
            Optimizer together = ParameterGroups.of(List.of(STRONG.build(List.of(a)), NONE.build(List.of(b))));
            List<Optimizer> apart = List.of(STRONG.build(List.of(c)), NONE.build(List.of(d)));
            steps(3, List.of(together), a, b);
            steps(3, apart, c, d);
            assertThat(a.toFloats()).isEqualTo(c.toFloats());
            assertThat(b.toFloats()).isEqualTo(d.toFloats());
        }
    }

    @Test
    void resumesBitForBit() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.of(new float[] {1, -2}, 2).requireGradient();
            Tensor b = Tensor.of(new float[] {3, 4}, 2).requireGradient();
            Optimizer original = ParameterGroups.of(List.of(STRONG.build(List.of(a)), NONE.build(List.of(b))));
            steps(3, List.of(original), a, b);
            Tensor c = a.copy().requireGradient();
            Tensor d = b.copy().requireGradient();
            Optimizer resumed = ParameterGroups.of(List.of(STRONG.build(List.of(c)), NONE.build(List.of(d))));
            Map<String, Tensor> saved = new LinkedHashMap<>();
            original.state().forEach((name, tensor) -> saved.put(name, tensor.copy()));
            resumed.load(saved);
            steps(3, List.of(original), a, b);
            steps(3, List.of(resumed), c, d);
            assertThat(c.toFloats()).isEqualTo(a.toFloats());
            assertThat(d.toFloats()).isEqualTo(b.toFloats());
        }
    }

    @Test
    void refusesTheStateOfAnotherOptimizer() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.of(new float[] {1, -2}, 2).requireGradient();
            Tensor b = Tensor.of(new float[] {3, 4}, 2).requireGradient();
            Optimizer groups = ParameterGroups.of(List.of(STRONG.build(List.of(a)), NONE.build(List.of(b))));
            Map<String, Tensor> saved = new LinkedHashMap<>(groups.state());
            saved.put("group.2.step", a);
            assertThatThrownBy(() -> groups.load(saved)).hasMessageContaining("must be of the same optimiser");
        }
    }

    private static void steps(int steps, List<Optimizer> optimizers, Tensor... parameters) {
        for (int step = 0; step < steps; step++) {
            try (Scope scope = Scope.training(0)) {
                optimizers.forEach(Optimizer::zeroGradients);
                for (Tensor parameter : parameters) {
                    parameter.mul(parameter).sum().backward();
                }
                optimizers.forEach(optimizer -> optimizer.step(0.05));
            }
        }
    }
}
