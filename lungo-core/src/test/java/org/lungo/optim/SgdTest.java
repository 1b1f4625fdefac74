package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    void defaultsAreThoseOfPyTorch() {
        assertThat(Sgd.Config.DEFAULTS).isEqualTo(new Sgd.Config(0, false, 0, 0));
    }
}
