package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AdamTest implements OptimizerContract {
    private static final Adam.Config CONFIG = new Adam.Config(0.8, 0.95, 1e-6, 0.02, true);

    @Override
    public OptimizerConfig config() {
        return CONFIG;
    }

    @Override
    public Textbook textbook() {
        double[] s = new double[4]; // mean, square, maximum, steps
        return (p, raw, rate) -> {
            double g = raw + 0.02 * p;
            s[0] = 0.8 * s[0] + 0.2 * g;
            s[1] = 0.95 * s[1] + 0.05 * g * g;
            s[2] = Math.max(s[2], s[1]);
            s[3]++;
            double mean = s[0] / (1 - Math.pow(0.8, s[3]));
            double square = s[2] / (1 - Math.pow(0.95, s[3]));
            return p - rate * mean / (Math.sqrt(square) + 1e-6);
        };
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(Adam.Config.DEFAULTS).isEqualTo(new Adam.Config(0.9, 0.999, 1e-8, 0, false));
    }
}
