package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Attention and a feed-forward network, each added to its input. Normalised before each of them (as GPT-2 and Llama are:
 * Xiong et al. 2020, arXiv:2002.04745) or after each addition (Vaswani et al. 2017, arXiv:1706.03762, section 3.1).
 *
 * @param attentionNorm [..., hidden] to the same
 * @param attention [batch, sequence, hidden] to the same
 * @param feedForwardNorm [..., hidden] to the same
 * @param feedForward [..., hidden] to the same
 * @param dropout the share dropped in training of what is added
 * @param normFirst whether the normalisation comes first
 */
public record TransformerBlock(
        Layer attentionNorm,
        Attention attention,
        Layer feedForwardNorm,
        Layer feedForward,
        double dropout,
        boolean normFirst)
        implements Layer {
    /** Everything sees everything. {@code x}: [batch, sequence, hidden]. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, Mask.NONE);
    }

    /** As an encoder. {@code x}: [batch, sequence, hidden]. Returns the same shape. */
    public Tensor forward(Tensor x, Mask mask) {
        return forward(x, null, null, mask);
    }

    /** As a decoder, see {@link Attention}. {@code x}: [batch, sequence, hidden]. Returns the same shape. */
    public Tensor forward(Tensor x, Rotary.@Nullable Rotation rotation, @Nullable KeyValues past, Mask mask) {
        if (normFirst) {
            Tensor seen =
                    attention.forward(attentionNorm.forward(x), rotation, past, mask); // [batch, sequence, hidden]
            Tensor y = x.add(seen.dropout(dropout)); // [batch, sequence, hidden]
            return y.add(feedForward.forward(feedForwardNorm.forward(y)).dropout(dropout));
        }
        Tensor seen = attention.forward(x, rotation, past, mask); // [batch, sequence, hidden]
        Tensor y = attentionNorm.forward(x.add(seen.dropout(dropout))); // [batch, sequence, hidden]
        return feedForwardNorm.forward(y.add(feedForward.forward(y).dropout(dropout)));
    }

    /**
     * A block with layer normalisation and GELU, biases everywhere.
     *
     * @param hidden the width of the input and output
     * @param heads the number of heads
     * @param inner the width inside the feed-forward network
     */
    public record Config(int hidden, int heads, int inner, double dropout, boolean normFirst) {
        public Config {
            Check.divides("heads", heads, "hidden", hidden);
            Check.positive("inner", inner);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }

        /** Starts as {@link Linear} and {@link LayerNorm} do. */
        public TransformerBlock build(Random random) {
            return new TransformerBlock(
                    new LayerNorm.Config(hidden).build(),
                    new Attention.Config(hidden, heads, heads, true).build(random.stream("attention")),
                    new LayerNorm.Config(hidden).build(),
                    new FeedForward.Config(hidden, inner, Activation.GELU).build(random.stream("feedForward")),
                    dropout,
                    normFirst);
        }
    }
}
