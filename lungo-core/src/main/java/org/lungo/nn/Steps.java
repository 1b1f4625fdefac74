package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Tensor;

/**
 * Where the tokens of one pass through a decoder stand and what they see: made once, used by every block.
 *
 * @param places [batch or 1, sequence] INT64
 * @param mask what the tokens see of the past and of each other
 */
public record Steps(Tensor places, Mask mask) {
    /** For {@code sequence} tokens behind those of {@code cache}, or from the start. */
    public static Steps of(int sequence, @Nullable KeyValueCache cache) {
        return cache == null ? new Steps(Tensor.arange(sequence).unsqueeze(0), Mask.CAUSAL) : cache.next(sequence);
    }
}
