package org.lungo.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Attention;
import org.lungo.nn.Embedding;
import org.lungo.nn.FeedForward;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.Layer;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.nn.Positions;
import org.lungo.nn.Steps;
import org.lungo.nn.TanhGelu;
import org.lungo.nn.TransformerBlock;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A decoder-only language model as GPT-2: learned positions, layer normalisation before attention and feed-forward network,
 * GELU. Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.3.
 *
 * <pre>{@code
 * Gpt gpt = Gpt.Config.of(65, 64, 4, 4, 128, 0.0).build(Random.of(1));
 * Tensor logits = gpt.forward(tokens, null);                               // [batch, sequence, 65]
 * }</pre>
 *
 * @param tokens [vocabulary, hidden]
 * @param positions [context, hidden]
 * @param head [..., hidden] to [..., vocabulary]; tied to {@code tokens} it shares their table
 */
public record Gpt(Embedding tokens, Positions positions, Decoder decoder, Layer head, Config config)
        implements LanguageModel {
    @Override
    public Tensor hidden(Tensor tokens, @Nullable KeyValueCache cache) {
        Steps steps = Decoder.steps(tokens, cache, config.context());
        Tensor x = this.tokens.forward(tokens).add(positions.at(steps.places())); // [batch, sequence, hidden]
        return decoder.forward(x.dropout(config.dropout()), null, steps.mask(), cache); // [batch, sequence, hidden]
    }

    @Override
    public Tensor logits(Tensor hidden) {
        return head.forward(hidden);
    }

    @Override
    public KeyValueCache cache(int batch, int capacity) {
        Check.that(capacity <= context(), "a cache must hold at most the context of " + context(), capacity);
        int width = config.hidden() / config.heads();
        KeyValueCache.Shape shape = new KeyValueCache.Shape(batch, config.heads(), capacity, width);
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
     * @param hidden the width of the residual stream, divided among the heads
     * @param dropout the share dropped in training of the embeddings, of the attention weights and of what each block adds
     */
    public record Config(
            int vocabulary, int context, int layers, int heads, int hidden, double dropout, Details details) {
        public Config {
            Check.positive("vocabulary", vocabulary);
            Check.positive("context", context);
            Check.positive("layers", layers);
            Check.divides("heads", heads, "hidden", hidden);
            Check.positive("hidden", hidden);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }

        /** A network whose other choices are those of GPT-2. */
        public static Config of(int vocabulary, int context, int layers, int heads, int hidden, double dropout) {
            return new Config(vocabulary, context, layers, heads, hidden, dropout, Details.of(hidden));
        }

        /** A freshly initialised network. Its parameters live in the scope around the call. */
        public Gpt build(Random random) {
            return build(new Start(random, DType.FLOAT32));
        }

        /** A network of weights that are all to be loaded. Its parameters live in the scope around the call. */
        public Gpt blank(DType dtype) {
            return build(new Start(null, dtype));
        }

        /** The number of values of such a network, which need not be made. */
        public double count() {
            double tables = details.tied() ? 1 : 2;
            return (tables * vocabulary + context + 2.0) * hidden + layers * Sizes.block(hidden, details.inner());
        }

        /**
         * The values that training keeps for each token until gradients are known, about; the head's are not counted.
         *
         * @param length of the texts, where the weights of the attention are kept; else 0
         */
        public double keptPerToken(double length) {
            return layers * Sizes.kept(hidden, details.inner(), length * heads);
        }

        private Gpt build(Start start) {
            Embedding tokens = start.embedding("tokens", vocabulary, hidden);
            List<TransformerBlock> blocks = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                blocks.add(block(start.stream("block", i)));
            }
            return new Gpt(
                    tokens,
                    new Positions(start.normal("positions", Start.DEVIATION, context, hidden)),
                    new Decoder(blocks, norm(start)),
                    details.tied() ? new Linear(tokens.table(), null) : start.linear("head", hidden, vocabulary, false),
                    this);
        }

        private TransformerBlock block(Start start) {
            Attention attention = new Attention(
                    start.linear("query", hidden, hidden, true),
                    start.linear("key", hidden, hidden, true),
                    start.linear("value", hidden, hidden, true),
                    start.residual("output", hidden, hidden, true, layers),
                    heads,
                    heads,
                    dropout);
            FeedForward feedForward = new FeedForward(
                    start.linear("up", hidden, details.inner(), true),
                    new TanhGelu(),
                    start.residual("down", details.inner(), hidden, true, layers));
            return new TransformerBlock(norm(start), attention, norm(start), feedForward, dropout, true);
        }

        private LayerNorm norm(Start start) {
            return new LayerNorm(start.constant(1, hidden), start.constant(0, hidden), details.epsilon());
        }
    }

    /**
     * What is seldom changed.
     *
     * @param inner the width inside the feed-forward networks
     * @param tied whether the head shares the table of the tokens
     * @param epsilon added to variances
     */
    public record Details(int inner, boolean tied, double epsilon) {
        public Details {
            Check.positive("inner", inner);
            Check.positive("epsilon", epsilon);
        }

        /** GPT-2's. */
        public static Details of(int hidden) {
            return new Details(Math.multiplyExact(4, hidden), true, LayerNorm.Config.EPSILON);
        }
    }
}
