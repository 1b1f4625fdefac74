package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LionTest implements OptimizerContract {
    private static final Lion.Config CONFIG = new Lion.Config(0.8, 0.95, 0.1);

    @Override
    public OptimizerConfig config() {
        return CONFIG;
    }

    @Override
    public Textbook textbook() {
        double[] mean = new double[1];
        return (p, g, rate) -> {
            double direction = Math.signum(0.8 * mean[0] + 0.2 * g);
            mean[0] = 0.95 * mean[0] + 0.05 * g;
            return p - rate * (direction + 0.1 * p);
        };
    }

    @Test
    void defaultsAreThoseOfThePaper() {
        assertThat(Lion.Config.DEFAULTS).isEqualTo(new Lion.Config(0.9, 0.99, 0));
    }
}
