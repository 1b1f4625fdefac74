package org.lungo.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Attention;
import org.lungo.nn.Embedding;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.Layer;
import org.lungo.nn.Linear;
import org.lungo.nn.RmsNorm;
import org.lungo.nn.Rotary;
import org.lungo.nn.Steps;
import org.lungo.nn.SwiGlu;
import org.lungo.nn.TransformerBlock;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A decoder-only language model as Llama and Qwen2: rotary positions, root mean square normalisation before attention and
 * feed-forward network, SwiGLU, heads that share keys. Touvron et al. 2023, arXiv:2307.09288, section 2.2; Yang et al.
 * 2024, arXiv:2407.10671, section 2.2.1.
 *
 * @param tokens [vocabulary, hidden]
 * @param head [..., hidden] to [..., vocabulary]; tied to {@code tokens} it shares their table
 */
public record Llama(Embedding tokens, Decoder decoder, Layer head, Config config) implements LanguageModel {
    @Override
    public Tensor hidden(Tensor tokens, @Nullable KeyValueCache cache) {
        Steps steps = Decoder.steps(tokens, cache, config.context());
        Tensor x = this.tokens.forward(tokens); // [batch, sequence, hidden]
        return decoder.forward(x, config.rotary().at(steps.places()), steps.mask(), cache); // [batch, sequence, hidden]
    }

    @Override
    public Tensor logits(Tensor hidden) {
        return head.forward(hidden);
    }

    @Override
    public KeyValueCache cache(int batch, int capacity) {
        Check.that(capacity <= context(), "a cache must hold at most the context of " + context(), capacity);
        Heads heads = config.heads();
        KeyValueCache.Shape shape = new KeyValueCache.Shape(batch, heads.keys(), capacity, heads.width());
        return new KeyValueCache(config.layers(), shape, tokens.table().value().dtype());
    }

    @Override
    public int context() {
        return config.context();
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    /**
     * The sizes of the network.
     *
     * @param context the maximum number of tokens of a text
     * @param hidden the width of the residual stream
     * @param inner the width inside the feed-forward networks
     */
    public record Config(int vocabulary, int context, int layers, int hidden, int inner, Heads heads, Details details) {
        public Config {
            Check.positive("vocabulary", vocabulary);
            Check.positive("context", context);
            Check.positive("layers", layers);
            Check.positive("hidden", hidden);
            Check.positive("inner", inner);
        }

        /** A freshly initialised network. Its parameters live in the scope around the call. */
        public Llama build(Random random) {
            return build(new Start(random, DType.FLOAT32));
        }

        /** A network of weights that are all to be loaded. Its parameters live in the scope around the call. */
        public Llama blank(DType dtype) {
            return build(new Start(null, dtype));
        }

        /** The number of values of such a network, which need not be made. */
        public double count() {
            double width = hidden;
            double queries = (double) heads.queries() * heads.width();
            double keys = (double) heads.keys() * heads.width();
            double attention = 2 * width * queries + 2 * width * keys + (details.bias() ? queries + 2 * keys : 0);
            double block = attention + 3 * width * inner + 2 * width;
            return (details.tied() ? 1 : 2) * vocabulary * width + layers * block + width;
        }

        /**
         * The values that training keeps for each token until gradients are known, about: besides those of other blocks both
         * factors of the feed-forward network, the rotated queries and keys, and the steps of the normalisations. The head's
         * are not counted.
         *
         * @param length of the texts, where the weights of the attention are kept; else 0
         */
        public double keptPerToken(double length) {
            return layers * (Sizes.kept(hidden, inner, length * heads.queries()) + 2.0 * inner + 10.0 * hidden);
        }

        Rotary rotary() {
            return new Rotary(heads.width(), details.base(), details.scaling());
        }

        private Llama build(Start start) {
            Embedding tokens = start.embedding("tokens", vocabulary, hidden);
            List<TransformerBlock> blocks = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                blocks.add(block(start.stream("block", i)));
            }
            Linear head =
                    details.tied() ? new Linear(tokens.table(), null) : start.linear("head", hidden, vocabulary, false);
            return new Llama(tokens, new Decoder(blocks, norm(start)), head, this);
        }

        private TransformerBlock block(Start start) {
            int queries = heads.queries() * heads.width();
            int keys = heads.keys() * heads.width();
            Attention attention = new Attention(
                    start.linear("query", hidden, queries, details.bias()),
                    start.linear("key", hidden, keys, details.bias()),
                    start.linear("value", hidden, keys, details.bias()),
                    start.residual("output", queries, hidden, false, layers),
                    heads.queries(),
                    heads.keys(),
                    0);
            SwiGlu feedForward = new SwiGlu(
                    start.linear("gate", hidden, inner, false),
                    start.linear("up", hidden, inner, false),
                    start.residual("down", inner, hidden, false, layers));
            return new TransformerBlock(norm(start), attention, norm(start), feedForward, 0, true);
        }

        private RmsNorm norm(Start start) {
            return new RmsNorm(start.constant(1, hidden), details.epsilon());
        }
    }

    /**
     * The heads of attention.
     *
     * @param queries the number of heads of queries
     * @param keys the number of heads of keys and values; divides {@code queries}
     * @param width the width of a head, even
     */
    public record Heads(int queries, int keys, int width) {
        public Heads {
            Check.positive("queries", queries);
            Check.divides("keys", keys, "queries", queries);
            Check.that(width >= 2 && width % 2 == 0, "the width of a head must be even", width);
        }
    }

    /**
     * What differs between the members of the family.
     *
     * @param epsilon added to mean squares
     * @param base the base of the rotations, {@link Rotary}
     * @param scaling how rotations are stretched, or null
     * @param tied whether the head shares the table of the tokens
     * @param bias whether queries, keys and values have a bias, as in Qwen2
     */
    public record Details(double epsilon, double base, Rotary.@Nullable Scaling scaling, boolean tied, boolean bias) {
        /** Llama 2's: no bias, nothing tied. */
        public static final Details LLAMA = new Details(1e-5, 10_000, null, false, false);

        /** Those of Qwen2's small models: a bias for queries, keys and values, a tied head. */
        public static final Details QWEN2 = new Details(1e-6, 1_000_000, null, true, true);

        public Details {
            Check.positive("epsilon", epsilon);
            Check.positive("base", base);
        }
    }
}
