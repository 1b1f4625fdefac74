package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RmsPropTest implements OptimizerContract {
    private static final RmsProp.Config CONFIG = new RmsProp.Config(0.9, 1e-6, 0.02, 0.5);

    @Override
    public OptimizerConfig config() {
        return CONFIG;
    }

    @Override
    public Textbook textbook() {
        double[] s = new double[2]; // square, momentum
        return (p, raw, rate) -> {
            double g = raw + 0.02 * p;
            s[0] = 0.9 * s[0] + 0.1 * g * g;
            s[1] = 0.5 * s[1] + g / (Math.sqrt(s[0]) + 1e-6);
            return p - rate * s[1];
        };
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(RmsProp.Config.DEFAULTS).isEqualTo(new RmsProp.Config(0.99, 1e-8, 0, 0));
    }
}
