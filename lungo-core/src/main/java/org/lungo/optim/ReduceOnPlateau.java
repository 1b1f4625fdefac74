package org.lungo.optim;

import org.lungo.tensor.Check;

/**
 * Lowers another schedule's rate when a metric has stopped getting better: after more than {@code patience} epochs
 * without a new best the rate is multiplied by {@code factor}. A NaN is never better. As
 * torch.optim.lr_scheduler.ReduceLROnPlateau with a relative threshold.
 */
public final class ReduceOnPlateau implements Schedule {
    private final Config config;
    private final Schedule schedule;
    private State state = State.START;

    /** {@code schedule} lowered by what {@link #epochEnded} sees. */
    public ReduceOnPlateau(Config config, Schedule schedule) {
        this.config = config;
        this.schedule = schedule;
    }

    /**
     * The constants.
     *
     * @param factor what the rate is multiplied by, in (0, 1)
     * @param patience epochs without a new best that are let pass
     * @param threshold how much better a new best must be, as a share of the best
     * @param higherIsBetter whether the metric is to grow (an accuracy) or to shrink (a loss)
     */
    public record Config(double factor, int patience, double threshold, boolean higherIsBetter) {
        /** Those of torch.optim.lr_scheduler.ReduceLROnPlateau, PyTorch 2.13. */
        public static final Config DEFAULTS = new Config(0.1, 10, 1e-4, false);

        /** Checks the constants. */
        public Config {
            Check.that(factor > 0 && factor < 1, "factor must lie between 0 and 1", factor);
            Check.that(patience >= 0, "patience must be at least 0 epochs", patience);
            Check.notNegative("threshold", threshold);
        }
    }

    /**
     * What is remembered from epoch to epoch.
     *
     * @param scale what the schedule's rate is multiplied by now
     * @param best the best metric so far, NaN before the first
     * @param waited epochs since then
     */
    public record State(double scale, double best, int waited) {
        static final State START = new State(1, Double.NaN, 0);
    }

    @Override
    public double learningRate(long step) {
        return schedule.learningRate(step) * state.scale();
    }

    /** Takes the metric of an epoch in. */
    public void epochEnded(double metric) {
        if (isBetter(metric)) {
            state = new State(state.scale(), metric, 0);
        } else if (state.waited() + 1 > config.patience()) {
            state = new State(state.scale() * config.factor(), state.best(), 0);
        } else {
            state = new State(state.scale(), state.best(), state.waited() + 1);
        }
    }

    /** What a checkpoint keeps. */
    public State state() {
        return state;
    }

    /** Goes on from a checkpoint. */
    public void load(State saved) {
        state = saved;
    }

    private boolean isBetter(double metric) {
        if (Double.isNaN(state.best())) {
            return !Double.isNaN(metric);
        }
        return config.higherIsBetter()
                ? metric > state.best() * (1 + config.threshold())
                : metric < state.best() * (1 - config.threshold());
    }
}
