package org.lungo.tensor;

import org.jspecify.annotations.Nullable;

/**
 * How operations behave inside a {@link Scope}.
 *
 * @param gradients whether operations are recorded for {@link Tensor#backward()}
 * @param training whether dropout drops and batch normalisation learns
 * @param dropoutSeed where the dropout stream of this scope starts
 * @param autocast the type that products are computed in (BFLOAT16), or null for the tensors' own type
 * @param recomputing whether inner values are computed again for gradients instead of kept, see {@link Recomputation}
 */
public record Mode(
        boolean gradients,
        boolean training,
        long dropoutSeed,
        @Nullable DType autocast,
        boolean recomputing) {
    /** Gradients and dropout off. */
    public static final Mode INFERENCE = new Mode(false, false, 0, null, false);

    /** Gradients and dropout on, with the given dropout seed. */
    public static Mode training(long dropoutSeed) {
        return new Mode(true, true, dropoutSeed, null, false);
    }

    /** The same mode with products computed in {@code dtype}; null turns autocast off. */
    public Mode autocast(@Nullable DType dtype) {
        return new Mode(gradients, training, dropoutSeed, dtype, recomputing);
    }

    /** The same mode with inner values computed again for gradients, or kept. */
    public Mode recomputing(boolean again) {
        return new Mode(gradients, training, dropoutSeed, autocast, again);
    }

    /** The same mode with a dropout stream that starts elsewhere. */
    public Mode dropoutSeed(long seed) {
        return new Mode(gradients, training, seed, autocast, recomputing);
    }

    Mode withoutGradients() {
        return new Mode(false, training, dropoutSeed, autocast, recomputing);
    }
}
