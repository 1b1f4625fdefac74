package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Activation;
import org.lungo.nn.Attention;
import org.lungo.nn.DecoderBlock;
import org.lungo.nn.Embedding;
import org.lungo.nn.FeedForward;
import org.lungo.nn.KeyValueCache;
import org.lungo.nn.KeyValues;
import org.lungo.nn.Layer;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.nn.Mask;
import org.lungo.nn.Parameter;
import org.lungo.nn.Positions;
import org.lungo.nn.Steps;
import org.lungo.nn.TransformerBlock;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * The encoder and decoder of "Attention Is All You Need", which give, after each token of a translation, the logits of the
 * next one. Vaswani et al. 2017, arXiv:1706.03762. Normalisation stands before each layer unless
 * {@link Details#normFirst} says otherwise (the paper has it behind the sum), and tables of tokens start with deviation
 * {@code 1 / sqrt(hidden)}, dense layers as in Glorot and Bengio 2010, AISTATS, equation 12.
 *
 * <pre>{@code
 * Transformer transformer = Transformer.Config.of(6000, 256, 3, 4, 256, 512).build(Random.of(1));
 * Transformer.Memory memory = transformer.encode(source, kept);            // source and kept: [batch, sequence]
 * Tensor logits = transformer.logits(transformer.decode(target, memory, null)); // [batch, sequence, 6000]
 * }</pre>
 *
 * @param source [vocabulary, hidden]
 * @param target [vocabulary, hidden]; may be the table of {@code source}
 * @param positions [context, hidden], waves
 * @param head [..., hidden] to [..., vocabulary]; may share the table of {@code target}
 */
public record Transformer(
        Embedding source,
        Embedding target,
        Positions positions,
        Encoder encoder,
        Writer decoder,
        Linear head,
        Config config) {
    /** The blocks that read, each [batch, sequence, hidden] to the same, and the normalisation behind them. */
    public record Encoder(List<TransformerBlock> blocks, Layer norm) {
        public Encoder {
            blocks = List.copyOf(blocks);
        }
    }

    /** The blocks that write and the normalisation behind them. */
    public record Writer(List<DecoderBlock> blocks, Layer norm) {
        public Writer {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Sequences that were read: what each block of the decoder attends to.
     *
     * @param layers [batch, heads, sequence, width], for each block
     * @param kept [batch, sequence] BOOL, false for padding
     */
    public record Memory(List<KeyValues.Read> layers, Tensor kept) {
        public Memory {
            layers = List.copyOf(layers);
        }

        /** The number of sequences. */
        public long batch() {
            return kept.size(0);
        }

        /** Some of the sequences, by row, in the given order. */
        public Memory select(long... rows) {
            Tensor indices = Tensor.of(rows, rows.length);
            List<KeyValues.Read> chosen = layers.stream()
                    .map(read -> new KeyValues.Read(
                            read.keys().indexSelect(0, indices), read.values().indexSelect(0, indices)))
                    .toList();
            return new Memory(chosen, kept.indexSelect(0, indices));
        }
    }

    /**
     * Reads sequences.
     *
     * @param tokens [batch, sequence] INT64, each in [0, vocabulary), at most {@code context} of them
     * @param kept [batch, sequence] BOOL, false for padding; at least one true in each row
     */
    public Memory encode(Tensor tokens, Tensor kept) {
        ShapeException.requireRank("encode", tokens, 2, "tokens [batch, sequence]");
        requireFits("encode", 0, tokens);
        Mask mask = Mask.padding(kept);
        Tensor x = embedded(source, tokens, Tensor.arange(tokens.size(1)).unsqueeze(0)); // [batch, sequence, hidden]
        for (TransformerBlock block : encoder.blocks()) {
            x = block.forward(x, mask); // [batch, sequence, hidden]
        }
        Tensor read = encoder.norm().forward(x); // [batch, sequence, hidden]
        return new Memory(
                decoder.blocks().stream()
                        .map(block -> block.cross().keyValues(read))
                        .toList(),
                kept);
    }

    /**
     * What the decoder knows after each token: the hidden states behind its last normalisation.
     *
     * @param tokens [batch, sequence] INT64; with what the cache holds at most {@code context}
     * @param memory what is translated, for each row; with fewer rows than {@code tokens}, rows that follow each other
     *     share one: hypotheses of one sentence
     * @param cache the tokens before, which these are added to; null for none, as in training
     * @return [batch, sequence, hidden]
     */
    public Tensor decode(Tensor tokens, Memory memory, @Nullable KeyValueCache cache) {
        ShapeException.requireRank("decode", tokens, 2, "tokens [batch, sequence]");
        requireFits("decode", cache == null ? 0 : cache.length(), tokens);
        if (tokens.size(0) % memory.batch() != 0) {
            throw new ShapeException(
                    "decode",
                    "the rows must be a multiple of the " + memory.batch() + " that were read (axis 0)",
                    Arrays.toString(tokens.shape()));
        }
        Steps steps = Steps.of((int) tokens.size(1), cache);
        Mask mask = Mask.padding(memory.kept());
        Tensor x = embedded(target, tokens, steps.places()); // [batch, sequence, hidden]
        for (int i = 0; i < decoder.blocks().size(); i++) {
            KeyValues past = cache == null ? null : cache.layer(i);
            DecoderBlock.Source seen = new DecoderBlock.Source(memory.layers().get(i), mask);
            x = decoder.blocks().get(i).forward(x, past, steps.mask(), seen); // [batch, sequence, hidden]
        }
        if (cache != null) {
            cache.advance((int) tokens.size(1));
        }
        return decoder.norm().forward(x); // [batch, sequence, hidden]
    }

    /** The logits of the states of {@link #decode}: [..., hidden]. Returns [..., vocabulary]. */
    public Tensor logits(Tensor hidden) {
        return head.forward(hidden);
    }

    /** An empty cache for {@code batch} translations of at most {@code capacity} tokens each. */
    public KeyValueCache cache(int batch, int capacity) {
        Check.that(
                capacity <= config.context(), "a cache must hold at most the context of " + config.context(), capacity);
        int width = config.hidden() / config.heads();
        KeyValueCache.Shape shape = new KeyValueCache.Shape(batch, config.heads(), capacity, width);
        return new KeyValueCache(
                config.layers().decoder(), shape, target.table().value().dtype());
    }

    /** Section 3.4: tables are multiplied by the root of the width; section 5.4: the sum with positions is dropped from. */
    private Tensor embedded(Embedding table, Tensor tokens, Tensor places) {
        Tensor scaled = table.forward(tokens).mul(Math.sqrt(config.hidden())); // [batch, sequence, hidden]
        return scaled.add(positions.at(places)).dropout(config.details().dropout()); // [batch, sequence, hidden]
    }

    private void requireFits(String operation, int past, Tensor tokens) {
        if (past + tokens.size(1) > config.context()) {
            throw new ShapeException(
                    operation,
                    "a sequence must have at most " + config.context() + " tokens, the context of this model",
                    past + " tokens before and " + Arrays.toString(tokens.shape()));
        }
    }

    /**
     * The sizes of the network.
     *
     * @param context the maximum number of tokens of a sequence, start and end included
     * @param hidden the width of the residual stream, divided among the heads
     * @param inner the width inside the feed-forward networks
     */
    public record Config(int vocabulary, int context, Depth layers, int heads, int hidden, int inner, Details details) {
        public Config {
            Check.positive("vocabulary", vocabulary);
            Check.positive("context", context);
            Check.positive("hidden", hidden);
            Check.divides("heads", heads, "hidden", hidden);
            Check.positive("inner", inner);
        }

        /** A network of equally deep encoder and decoder whose other choices are {@link Details#DEFAULTS}. */
        public static Config of(int vocabulary, int context, int layers, int heads, int hidden, int inner) {
            return new Config(vocabulary, context, new Depth(layers, layers), heads, hidden, inner, Details.DEFAULTS);
        }

        /** A freshly initialised network. Its parameters live in the scope around the call. */
        public Transformer build(Random random) {
            return build(new Start(random, DType.FLOAT32));
        }

        /** A network of weights that are all to be loaded. Its parameters live in the scope around the call. */
        public Transformer blank() {
            return build(new Start(null, DType.FLOAT32));
        }

        /** The number of values of such a network, which need not be made. */
        public double count() {
            double tables = switch (details.tied()) {
                case ALL -> 1;
                case TARGET -> 2;
                case NONE -> 3;
            };
            double reading = Sizes.block(hidden, inner);
            double writing = reading + Sizes.attention(hidden) + 2.0 * hidden;
            double last = details.normFirst() ? 4.0 * hidden : 0;
            return tables * vocabulary * hidden + layers.encoder() * reading + layers.decoder() * writing + last;
        }

        /**
         * The values that training keeps for each token of a text until gradients are known, about.
         *
         * @param length of the texts
         */
        public double keptPerSourceToken(double length) {
            return layers.encoder() * Sizes.kept(hidden, inner, length * heads);
        }

        /** The same for each token of a translation; the head's are not counted. */
        public double keptPerTargetToken(double length) {
            return layers.decoder() * (Sizes.kept(hidden, inner, 2 * length * heads) + 8.0 * hidden);
        }

        private Transformer build(Start start) {
            Embedding source = table(start, "source");
            Embedding target = details.tied() == Tied.ALL ? source : table(start, "target");
            List<TransformerBlock> reading = new ArrayList<>();
            for (int i = 0; i < layers.encoder(); i++) {
                reading.add(reading(start.stream("encoder", i)));
            }
            List<DecoderBlock> writing = new ArrayList<>();
            for (int i = 0; i < layers.decoder(); i++) {
                writing.add(writing(start.stream("decoder", i)));
            }
            return new Transformer(
                    source,
                    target,
                    new Positions.Config(context, hidden).sinusoidal(),
                    new Encoder(reading, last(start)),
                    new Writer(writing, last(start)),
                    new Linear(
                            details.tied() == Tied.NONE ? table(start, "head").table() : target.table(), null),
                    this);
        }

        private Embedding table(Start start, String name) {
            return new Embedding(start.normal(name, 1 / Math.sqrt(hidden), vocabulary, hidden));
        }

        private TransformerBlock reading(Start start) {
            return new TransformerBlock(
                    norm(start),
                    attention(start.stream("attention")),
                    norm(start),
                    feedForward(start),
                    details.dropout(),
                    details.normFirst());
        }

        private DecoderBlock writing(Start start) {
            return new DecoderBlock(
                    norm(start),
                    attention(start.stream("attention")),
                    norm(start),
                    attention(start.stream("cross")),
                    norm(start),
                    feedForward(start),
                    new DecoderBlock.Joint(details.dropout(), details.normFirst()));
        }

        private Attention attention(Start start) {
            return new Attention(
                    dense(start, "query", hidden, hidden),
                    dense(start, "key", hidden, hidden),
                    dense(start, "value", hidden, hidden),
                    dense(start, "output", hidden, hidden),
                    heads,
                    heads,
                    0);
        }

        private FeedForward feedForward(Start start) {
            return new FeedForward(
                    dense(start, "up", hidden, inner), Activation.RELU, dense(start, "down", inner, hidden));
        }

        private static Linear dense(Start start, String name, int in, int out) {
            Parameter weight = start.normal(name, Math.sqrt(2.0 / (in + out)), out, in);
            return new Linear(weight, start.constant(0, out));
        }

        private LayerNorm norm(Start start) {
            return new LayerNorm(start.constant(1, hidden), start.constant(0, hidden), LayerNorm.Config.EPSILON);
        }

        /** Behind the last block; where normalisation is behind every sum it is done. */
        private Layer last(Start start) {
            return details.normFirst() ? norm(start) : Activation.IDENTITY;
        }
    }

    /** The number of blocks. */
    public record Depth(int encoder, int decoder) {
        public Depth {
            Check.positive("encoder", encoder);
            Check.positive("decoder", decoder);
        }
    }

    /**
     * What is seldom changed.
     *
     * @param dropout the share dropped in training of the embeddings and of what each layer adds
     * @param normFirst whether normalisation stands before each layer (pre-norm), not behind the sum (post-norm)
     */
    public record Details(double dropout, boolean normFirst, Tied tied) {
        /** Pre-norm, one table, and the paper's dropout (table 3, base). */
        public static final Details DEFAULTS = new Details(0.1, true, Tied.ALL);

        public Details {
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }
    }

    /** Which tables of tokens are one. Press and Wolf 2016, arXiv:1608.05859. */
    public enum Tied {
        /** The source's, the target's and the head. */
        @JsonProperty("all")
        ALL,
        /** The target's and the head. */
        @JsonProperty("target")
        TARGET,
        /** No table is shared. */
        @JsonProperty("none")
        NONE;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
