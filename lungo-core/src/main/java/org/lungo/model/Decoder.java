package org.lungo.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.Layer;
import org.lungo.nn.Mask;
import org.lungo.nn.Rotary;
import org.lungo.nn.Steps;
import org.lungo.nn.TransformerBlock;
import org.lungo.tensor.Recomputation;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * The blocks of a decoder and the normalisation behind them.
 *
 * @param blocks [batch, sequence, hidden] to the same, in order
 * @param norm [..., hidden] to the same
 */
public record Decoder(List<TransformerBlock> blocks, Layer norm) {
    public Decoder {
        blocks = List.copyOf(blocks);
    }

    /** Where {@code tokens} ([batch, sequence]) stand and what they see, in a model of the given context. */
    static Steps steps(Tensor tokens, @Nullable KeyValueCache cache, int context) {
        ShapeException.requireRank("forward", tokens, 2, "tokens [batch, sequence]");
        long past = cache == null ? 0 : cache.length();
        if (past + tokens.size(1) > context) {
            throw new ShapeException(
                    "forward",
                    "a text must have at most " + context + " tokens, the context of this model",
                    past + " tokens before and " + Arrays.toString(tokens.shape()));
        }
        return Steps.of((int) tokens.size(1), cache);
    }

    /** {@code x}: [batch, sequence, hidden]. Returns the same shape. The tokens become part of the cache. */
    Tensor forward(Tensor x, Rotary.@Nullable Rotation rotation, Mask mask, @Nullable KeyValueCache cache) {
        Tensor y = x;
        for (int i = 0; i < blocks.size(); i++) {
            TransformerBlock block = blocks.get(i);
            y = cache == null
                    ? Recomputation.of(z -> block.forward(z, rotation, null, mask), y)
                    : block.forward(y, rotation, cache.layer(i), mask);
        }
        if (cache != null) {
            cache.advance((int) x.size(1));
        }
        return norm.forward(y); // [batch, sequence, hidden]
    }
}
