package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Attention of a sequence to itself, attention to another sequence, and a feed-forward network, each added to its input.
 * Vaswani et al. 2017, arXiv:1706.03762, section 3.1; with normalisation behind the sum as there (post-norm) or before each
 * layer (pre-norm; Xiong et al. 2020, arXiv:2002.04745).
 *
 * @param attentionNorm [..., hidden] to the same
 * @param attention of the sequence to itself
 * @param crossNorm [..., hidden] to the same
 * @param cross attention to the other sequence
 * @param feedForwardNorm [..., hidden] to the same
 * @param feedForward [..., hidden] to the same
 * @param joint how each is added
 */
public record DecoderBlock(
        Layer attentionNorm,
        Attention attention,
        Layer crossNorm,
        Attention cross,
        Layer feedForwardNorm,
        Layer feedForward,
        Joint joint) {
    /**
     * How the output of a layer is added to its input.
     *
     * @param dropout the share dropped in training of what is added
     * @param normFirst whether the normalisation comes first
     */
    public record Joint(double dropout, boolean normFirst) {
        public Joint {
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }

        private Tensor of(Tensor x, Layer norm, Layer layer) {
            return normFirst
                    ? x.add(layer.forward(norm.forward(x)).dropout(dropout))
                    : norm.forward(x.add(layer.forward(x).dropout(dropout)));
        }
    }

    /**
     * The new tokens after the ones before.
     *
     * @param x the new tokens, [batch, sequence, hidden]
     * @param past the keys and values of the tokens before, which those of {@code x} are appended to; or null
     * @param mask what the new tokens see of all of them
     * @param source the other sequence; of fewer rows than {@code x} when rows that follow each other share one
     * @return [batch, sequence, hidden]
     */
    public Tensor forward(Tensor x, @Nullable KeyValues past, Mask mask, Source source) {
        Tensor own =
                joint.of(x, attentionNorm, y -> attention.forward(y, null, past, mask)); // [batch, sequence, hidden]
        Tensor seen = joint.of(own, crossNorm, y -> cross(y, source)); // [batch, sequence, hidden]
        return joint.of(seen, feedForwardNorm, feedForward); // [batch, sequence, hidden]
    }

    private Tensor cross(Tensor x, Source source) {
        long rows = source.read().keys().size(0);
        Tensor queries = x.reshape(rows, -1, x.size(-1)); // [rows, batch / rows * sequence, hidden]
        return cross.forward(queries, source.read(), source.mask()).reshape(x.shape()); // [batch, sequence, hidden]
    }

    /**
     * What a block attends to besides its own sequence.
     *
     * @param read the {@link Attention#keyValues} of {@link #cross}, [rows, heads, keys, width]
     * @param mask which of them are seen, broadcast to [rows, heads, queries, keys]
     */
    public record Source(KeyValues.Read read, Mask mask) {}

    /**
     * A block with layer normalisation and ReLU, biases everywhere, as in the paper.
     *
     * @param hidden the width of the input and output
     * @param heads the number of heads
     * @param inner the width inside the feed-forward network
     */
    public record Config(int hidden, int heads, int inner, Joint joint) {
        public Config {
            Check.divides("heads", heads, "hidden", hidden);
            Check.positive("inner", inner);
        }

        /** Starts as {@link Linear} and {@link LayerNorm} do. */
        public DecoderBlock build(Random random) {
            return new DecoderBlock(
                    new LayerNorm.Config(hidden).build(),
                    new Attention.Config(hidden, heads, heads, true).build(random.stream("attention")),
                    new LayerNorm.Config(hidden).build(),
                    new Attention.Config(hidden, heads, heads, true).build(random.stream("cross")),
                    new LayerNorm.Config(hidden).build(),
                    new FeedForward.Config(hidden, inner, Activation.RELU).build(random.stream("feedForward")),
                    joint);
        }
    }
}
