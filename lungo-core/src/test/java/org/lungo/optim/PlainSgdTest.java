package org.lungo.optim;

final class PlainSgdTest implements OptimizerContract {
    @Override
    public OptimizerConfig config() {
        return new Sgd.Config(0, false, 0, 0);
    }

    @Override
    public Textbook textbook() {
        return (p, g, rate) -> p - rate * g;
    }
}
