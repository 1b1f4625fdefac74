package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AdamWTest implements OptimizerContract {
    private static final AdamW.Config CONFIG = new AdamW.Config(0.8, 0.95, 1e-6, 0.1, false);

    @Override
    public OptimizerConfig config() {
        return CONFIG;
    }

    @Override
    public Textbook textbook() {
        double[] s = new double[3]; // mean, square, steps
        return (p, g, rate) -> {
            s[0] = 0.8 * s[0] + 0.2 * g;
            s[1] = 0.95 * s[1] + 0.05 * g * g;
            s[2]++;
            double mean = s[0] / (1 - Math.pow(0.8, s[2]));
            double square = s[1] / (1 - Math.pow(0.95, s[2]));
            return p - rate * 0.1 * p - rate * mean / (Math.sqrt(square) + 1e-6);
        };
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(AdamW.Config.DEFAULTS).isEqualTo(new AdamW.Config(0.9, 0.999, 1e-8, 0.01, false));
    }
}
