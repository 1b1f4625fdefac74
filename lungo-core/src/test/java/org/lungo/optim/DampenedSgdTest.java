package org.lungo.optim;

final class DampenedSgdTest implements OptimizerContract {
    @Override
    public OptimizerConfig config() {
        return new Sgd.Config(0.9, false, 0, 0.3);
    }

    @Override
    public Textbook textbook() {
        double[] m = {Double.NaN};
        return (p, g, rate) -> {
            m[0] = Double.isNaN(m[0]) ? g : 0.9 * m[0] + 0.7 * g; // the first step is not dampened
            return p - rate * m[0];
        };
    }
}
