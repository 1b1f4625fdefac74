package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

final class SgdTest implements OptimizerContract {
    private static final Sgd.Config CONFIG = new Sgd.Config(0.9, true, 0.02, 0);

    @Override
    public OptimizerConfig config() {
        return CONFIG;
    }

    @Override
    public Textbook textbook() {
        double[] m = new double[1];
        return (p, g, rate) -> {
            double decayed = g + 0.02 * p;
            m[0] = 0.9 * m[0] + decayed;
            return p - rate * (decayed + 0.9 * m[0]);
        };
    }

    @Test
    void rejectsStepsAfterItsScopeWasClosed() {
        try (Scope scope = Scope.open()) {
            Tensor p = Tensor.ones(DType.FLOAT32, 2).requireGradient();
            Optimizer optimizer;
            try (Scope inner = Scope.open()) {
                optimizer = CONFIG.build(List.of(p));
            }
            assertThatThrownBy(() -> optimizer.step(0.1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("build the optimiser outside the scopes of the steps");
        }
    }

    @Test
    void rejectsNesterovWithDampening() {
        assertThatThrownBy(() -> new Sgd.Config(0.9, true, 0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nesterov must go without dampening. Received: dampening=0.1");
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(Sgd.Config.DEFAULTS).isEqualTo(new Sgd.Config(0, false, 0, 0));
    }
}
