package org.lungo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Activation;
import org.lungo.nn.Attention;
import org.lungo.nn.Embedding;
import org.lungo.nn.FeedForward;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.nn.Mask;
import org.lungo.nn.Positions;
import org.lungo.nn.TransformerBlock;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Recomputation;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * An encoder that reads a text, or a pair of texts, from both sides: learned positions, token types, layer normalisation
 * after attention and feed-forward network, GELU. Devlin et al. 2018, arXiv:1810.04805, section 3.
 *
 * <pre>{@code
 * Bert bert = Bert.Config.of(8000, 128, 4, 4, 256, 0.1).build(Random.of(1));
 * Tensor hidden = bert.hidden(tokens, null, visible);                      // [batch, sequence, 256]
 * }</pre>
 *
 * @param blocks [batch, sequence, hidden] to the same, in order
 * @param pooler [..., hidden] to the same, or null: trained with next sentences in the paper, with a task elsewhere
 */
public record Bert(
        Embeddings embeddings,
        List<TransformerBlock> blocks,
        @Nullable Linear pooler,
        Config config) {
    public Bert {
        blocks = List.copyOf(blocks);
    }

    /**
     * What the network makes of each token.
     *
     * @param tokens [batch, sequence] INT64, each in [0, vocabulary), at most {@link #context} of them
     * @param types [batch, sequence] INT64, 0 for the first text of a pair and 1 for the second; null for 0 throughout
     * @param visible [batch, sequence] BOOL, false for padding, at least one true in each row; null when there is none
     * @return [batch, sequence, hidden]
     * @throws ShapeException when the sequence is longer than the context
     */
    public Tensor hidden(Tensor tokens, @Nullable Tensor types, @Nullable Tensor visible) {
        ShapeException.requireRank("hidden", tokens, 2, "tokens [batch, sequence]");
        if (tokens.size(1) > context()) {
            throw new ShapeException(
                    "hidden",
                    "a text must have at most " + context() + " tokens, the context of this model",
                    Arrays.toString(tokens.shape()));
        }
        Tensor x = embeddings.forward(tokens, types).dropout(config.dropout()); // [batch, sequence, hidden]
        Mask mask = visible == null ? Mask.NONE : Mask.padding(visible);
        for (TransformerBlock block : blocks) {
            x = Recomputation.of(y -> block.forward(y, mask), x); // [batch, sequence, hidden]
        }
        return x;
    }

    /**
     * One vector for each text, of its first token: what was trained with next sentences. See {@link #hidden}.
     *
     * @param hidden [batch, sequence, hidden]
     * @return [batch, hidden]
     * @throws IllegalArgumentException when the model has no pooler
     */
    public Tensor pooled(Tensor hidden) {
        Linear dense = pooler;
        if (dense == null) {
            throw new IllegalArgumentException("a pooled vector needs a BERT with a pooler; take the first token's own"
                    + " vector. Received: one without");
        }
        return dense.forward(hidden.select(1, 0)).tanh(); // [batch, hidden]
    }

    /** The most tokens of a text, special ones included. */
    public int context() {
        return config.context();
    }

    /** The number of different tokens. */
    public int vocabulary() {
        return config.vocabulary();
    }

    /** The width of the vectors. */
    public int hidden() {
        return config.hidden();
    }

    /**
     * Token, place and type of text, added and normalised.
     *
     * @param words [vocabulary, hidden]
     * @param positions [context, hidden]
     * @param types [types, hidden]
     * @param norm [..., hidden] to the same
     */
    public record Embeddings(Embedding words, Positions positions, Embedding types, LayerNorm norm) {
        /** {@code tokens} and {@code types}: [batch, sequence] INT64. Returns [batch, sequence, hidden]. */
        Tensor forward(Tensor tokens, @Nullable Tensor types) {
            Tensor type = types == null
                    ? this.types.table().value().narrow(0, 0, 1) // [1, hidden]
                    : this.types.forward(types); // [batch, sequence, hidden]
            return norm.forward(positions.forward(words.forward(tokens)).add(type)); // [batch, sequence, hidden]
        }
    }

    /**
     * The sizes of the network.
     *
     * @param context the maximum number of tokens of a text
     * @param hidden the width, divided among the heads
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

        /** A network whose other choices are those of the paper, without a pooler. */
        public static Config of(int vocabulary, int context, int layers, int heads, int hidden, double dropout) {
            return new Config(vocabulary, context, layers, heads, hidden, dropout, Details.of(hidden));
        }

        /** A freshly initialised network. Its parameters live in the scope around the call. */
        public Bert build(Random random) {
            return build(new Start(random, DType.FLOAT32));
        }

        /** A network of weights that are all to be loaded. Its parameters live in the scope around the call. */
        public Bert blank(DType dtype) {
            return build(new Start(null, dtype));
        }

        /** The same network with or without a pooler. */
        public Config withPooler(boolean pooler) {
            Details other = new Details(details.inner(), details.types(), details.epsilon(), pooler);
            return new Config(vocabulary, context, layers, heads, hidden, dropout, other);
        }

        /** The number of trainable values of such a network, which need not be made. */
        public double count() {
            double width = hidden;
            double embeddings = (vocabulary + context + details.types() + 2.0) * width;
            return embeddings
                    + layers * Sizes.block(width, details.inner())
                    + (details.pooler() ? Sizes.dense(width, width) : 0);
        }

        /**
         * The values that training keeps for each token until gradients are known, about.
         *
         * @param length of the texts, whose attention weights are kept
         */
        public double keptPerToken(double length) {
            return layers * Sizes.kept(hidden, details.inner(), length * heads);
        }

        Bert build(Start start) {
            Embeddings embeddings = new Embeddings(
                    start.embedding("words", vocabulary, hidden),
                    new Positions(start.normal("positions", Start.DEVIATION, context, hidden)),
                    start.embedding("types", details.types(), hidden),
                    norm(start));
            List<TransformerBlock> blocks = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                blocks.add(block(start.stream("block", i)));
            }
            Linear pooler = details.pooler() ? start.linear("pooler", hidden, hidden, true) : null;
            return new Bert(embeddings, blocks, pooler, this);
        }

        private TransformerBlock block(Start start) {
            Attention attention = new Attention(
                    start.linear("query", hidden, hidden, true),
                    start.linear("key", hidden, hidden, true),
                    start.linear("value", hidden, hidden, true),
                    start.linear("output", hidden, hidden, true),
                    heads,
                    heads,
                    dropout);
            FeedForward feedForward = new FeedForward(
                    start.linear("up", hidden, details.inner(), true),
                    Activation.GELU,
                    start.linear("down", details.inner(), hidden, true));
            return new TransformerBlock(norm(start), attention, norm(start), feedForward, dropout, false);
        }

        LayerNorm norm(Start start) {
            return new LayerNorm(start.constant(1, hidden), start.constant(0, hidden), details.epsilon());
        }
    }

    /**
     * What is seldom changed.
     *
     * @param inner the width inside the feed-forward networks
     * @param types the number of types of text
     * @param epsilon added to variances
     * @param pooler whether there is one
     */
    public record Details(int inner, int types, double epsilon, boolean pooler) {
        public Details {
            Check.positive("inner", inner);
            Check.positive("types", types);
            Check.positive("epsilon", epsilon);
        }

        /** The paper's and its published code's, without a pooler. */
        public static Details of(int hidden) {
            return new Details(Math.multiplyExact(4, hidden), 2, 1e-12, false);
        }
    }
}
