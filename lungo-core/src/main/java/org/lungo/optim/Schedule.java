package org.lungo.optim;

import org.lungo.tensor.Check;

/** The learning rate of each step. Steps count from 1, so PyTorch's epoch {@code t} is step {@code t + 1}. */
@FunctionalInterface
public interface Schedule {
    /** The learning rate of step {@code step}, the first of which is 1. */
    double learningRate(long step);

    /** Always the same. */
    static Schedule constant(double learningRate) {
        Check.notNegative("learningRate", learningRate);
        return step -> learningRate;
    }

    /**
     * Multiplied by {@code factor} after every {@code every} steps: torch.optim.lr_scheduler.StepLR.
     *
     * @param every in steps
     */
    static Schedule stepwise(double initial, long every, double factor) {
        Check.notNegative("initial", initial);
        Check.positive("every", every);
        Check.positive("factor", factor);
        return step -> {
            long drops = (step - 1) / every;
            return initial * Math.pow(factor, drops);
        };
    }

    /**
     * Half a cosine from {@code initial} down to {@code minimum}, which is reached after {@code steps} steps and kept:
     * {@code minimum + (initial - minimum) * (1 + cos(pi * t / steps)) / 2}. Loshchilov and Hutter 2016,
     * arXiv:1608.03983, equation 5, without restarts; torch.optim.lr_scheduler.CosineAnnealingLR.
     */
    static Schedule cosine(double initial, double minimum, long steps) {
        Check.notNegative("minimum", minimum);
        Check.that(initial >= minimum, "initial must be at least minimum", initial + " < " + minimum);
        Check.positive("steps", steps);
        return step -> between(initial, minimum, Math.min(1, (step - 1) / (double) steps));
    }

    /**
     * A straight line from {@code 1 / steps} to all of the rate {@code then} starts with, over {@code steps} steps; after
     * them {@code then}, from its own step 1. Goyal et al. 2017, arXiv:1706.02677, section 2.2.
     *
     * @param steps how many steps are warmed up, at least 0
     */
    static Schedule warmUp(long steps, Schedule then) {
        Check.that(steps >= 0, "the steps of the warm-up must be at least 0", steps);
        return step -> step <= steps ? then.learningRate(1) * step / steps : then.learningRate(step - steps);
    }

    /**
     * A straight line up to {@code peak} over {@code warmUp} steps, then falling with the root of the step:
     * {@code peak * min(step / warmUp, sqrt(warmUp / step))}. Vaswani et al. 2017, arXiv:1706.03762, equation 3, by its
     * largest value instead of the width.
     *
     * @param warmUp in steps
     */
    static Schedule inverseSqrt(double peak, long warmUp) {
        Check.positive("peak", peak);
        Check.positive("warmUp", warmUp);
        return step -> peak * Math.min(step / (double) warmUp, Math.sqrt(warmUp / (double) step));
    }

    /**
     * One cycle: half a cosine up from {@code maximum / 25} over the first 30% of {@code steps}, half a cosine down to
     * {@code maximum / 250000} over the rest. Smith and Topin 2017, arXiv:1708.07120, with the shape and defaults of
     * torch.optim.lr_scheduler.OneCycleLR.
     *
     * @param steps the length of the whole training, in steps, at least 10
     */
    static Schedule oneCycle(double maximum, long steps) {
        Check.positive("maximum", maximum);
        Check.that(steps >= 10, "the steps of one cycle must be at least 10", steps);
        double initial = maximum / 25;
        double last = initial / 1e4;
        double top = 0.3 * steps - 1;
        return step -> {
            double t = Math.min(step, steps) - 1.0;
            return t <= top
                    ? between(initial, maximum, t / top)
                    : between(maximum, last, (t - top) / (steps - 1 - top));
        };
    }

    /** Half a cosine from {@code start} (at {@code share} 0) to {@code end} (at 1). */
    private static double between(double start, double end, double share) {
        return end + (start - end) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
