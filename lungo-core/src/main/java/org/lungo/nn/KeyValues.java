package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** Where an attention layer leaves the keys and values of new tokens, and finds those of all tokens so far. */
@FunctionalInterface
public interface KeyValues {
    /** {@code keys} and {@code values}: [batch, key heads, sequence, width]. */
    Read append(Tensor keys, Tensor values);

    /**
     * The keys and values of all tokens so far.
     *
     * @param keys [batch, key heads, past + sequence, width]
     * @param values [batch, key heads, past + sequence, width]
     */
    record Read(Tensor keys, Tensor values) {}
}
