package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * What queries see of keys.
 *
 * @param causal whether a query sees only the keys up to its own place; then there is no {@code visible}
 * @param visible BOOL, broadcast to [batch, heads, queries, keys], true where a query sees a key; or null
 */
public record Mask(boolean causal, @Nullable Tensor visible) {
    /** Every query sees every key. */
    public static final Mask NONE = new Mask(false, null);

    /** Each query sees the keys up to its own place. */
    public static final Mask CAUSAL = new Mask(true, null);

    public Mask {
        Check.that(!causal || visible == null, "a causal mask is complete without another", "both");
        Check.that(
                visible == null || visible.dtype() == DType.BOOL,
                "a mask must be BOOL, true where a query sees a key",
                visible == null ? "" : visible.dtype());
    }

    /** Queries see the keys that are no padding: {@code kept} [batch, keys] BOOL, at least one true in each row. */
    public static Mask padding(Tensor kept) {
        ShapeException.requireRank("Mask.padding", kept, 2, "kept [batch, keys]");
        return new Mask(false, kept.unsqueeze(1).unsqueeze(1)); // [batch, 1, 1, keys]
    }

    /** Queries see what {@code visible} says: BOOL, broadcast to [batch, heads, queries, keys]. */
    public static Mask of(Tensor visible) {
        return new Mask(false, visible);
    }
}
