package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Multi-head attention. Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2. With fewer heads of keys than of queries,
 * neighbouring heads share one: grouped-query attention, Ainslie et al. 2023, arXiv:2305.13245.
 *
 * <pre>{@code
 * Attention attention = new Attention.Config(64, 8, 2, false).build(Random.of(1));
 * Tensor y = attention.forward(x, x, Mask.CAUSAL);                          // x and y: [batch, sequence, 64]
 * }</pre>
 *
 * @param query [..., hidden] to [..., heads * width]
 * @param key [..., hidden] to [..., key heads * width]
 * @param value [..., hidden] to [..., key heads * width]
 * @param output [..., heads * width] to [..., hidden]
 * @param heads the number of heads of queries
 * @param keyHeads the number of heads of keys and values; divides {@code heads}
 * @param dropout the share of attention weights dropped in training
 */
public record Attention(Layer query, Layer key, Layer value, Layer output, int heads, int keyHeads, double dropout)
        implements Layer {
    public Attention {
        Check.positive("heads", heads);
        Check.divides("keyHeads", keyHeads, "heads", heads);
        Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
    }

    /** Self-attention in which everything sees everything. {@code x}: [batch, sequence, hidden]. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x, Mask.NONE);
    }

    /**
     * Attention of one sequence to another, or to itself.
     *
     * @param x where the queries come from, [batch, queries, hidden]
     * @param source where the keys and values come from, [batch, keys, hidden]
     * @return [batch, queries, hidden]
     */
    public Tensor forward(Tensor x, Tensor source, Mask mask) {
        return forward(x, keyValues(source), mask);
    }

    /** The keys and values of {@code source}, [batch, keys, hidden], for any number of passes of queries. */
    public KeyValues.Read keyValues(Tensor source) {
        Tensor k = split(key.forward(source), keyHeads); // [batch, key heads, keys, width]
        Tensor v = split(value.forward(source), keyHeads); // [batch, key heads, keys, width]
        return new KeyValues.Read(k, v);
    }

    /**
     * Attention to a sequence whose {@link #keyValues} are known.
     *
     * @param x where the queries come from, [batch, queries, hidden]
     * @param source the keys and values, [batch, key heads, keys, width]
     * @return [batch, queries, hidden]
     */
    public Tensor forward(Tensor x, KeyValues.Read source, Mask mask) {
        Tensor q = split(query.forward(x), heads); // [batch, heads, queries, width]
        return joined(q.attention(
                source.keys(), source.values(), mask.visible(), mask.causal(), dropout)); // [batch, queries, hidden]
    }

    /**
     * Self-attention of new tokens to themselves and to the tokens before them.
     *
     * @param x the new tokens, [batch, sequence, hidden]
     * @param rotation turns queries and keys by their places, or null when positions are encoded in another way
     * @param past the keys and values of the tokens before, which those of {@code x} are appended to; or null
     * @param mask what the new tokens see of all of them: [batch, heads, sequence, past + sequence]
     * @return [batch, sequence, hidden]
     */
    public Tensor forward(Tensor x, Rotary.@Nullable Rotation rotation, @Nullable KeyValues past, Mask mask) {
        Tensor q = split(query.forward(x), heads); // [batch, heads, sequence, width]
        Tensor k = split(key.forward(x), keyHeads); // [batch, key heads, sequence, width]
        Tensor v = split(value.forward(x), keyHeads); // [batch, key heads, sequence, width]
        if (rotation != null) {
            q = rotation.of(q);
            k = rotation.of(k);
        }
        if (past != null) {
            KeyValues.Read read = past.append(k, v);
            k = read.keys(); // [batch, key heads, past + sequence, width]
            v = read.values(); // [batch, key heads, past + sequence, width]
        }
        return joined(q.attention(k, v, mask.visible(), mask.causal(), dropout)); // [batch, sequence, hidden]
    }

    /** [batch, sequence, heads * width] to [batch, heads, sequence, width]. */
    private static Tensor split(Tensor x, int heads) {
        return x.reshape(x.size(0), x.size(1), heads, -1).transpose(1, 2);
    }

    /** [batch, heads, sequence, width] to [batch, sequence, hidden]. */
    private Tensor joined(Tensor x) {
        return output.forward(x.transpose(1, 2).flatten(2, 3));
    }

    /**
     * The sizes of an attention layer.
     *
     * @param hidden the width of the input and output; heads divide it among them
     * @param heads the number of heads of queries
     * @param keyHeads the number of heads of keys and values
     * @param bias whether the four dense layers have a bias
     */
    public record Config(int hidden, int heads, int keyHeads, boolean bias) {
        public Config {
            Check.positive("hidden", hidden);
            Check.positive("heads", heads);
            Check.divides("heads", heads, "hidden", hidden);
            Check.divides("keyHeads", keyHeads, "heads", heads);
        }

        /** Starts as {@link Linear} does, without dropout. */
        public Attention build(Random random) {
            Linear.Config full = new Linear.Config(hidden, hidden, bias);
            Linear.Config shared = new Linear.Config(hidden, hidden / heads * keyHeads, bias);
            return new Attention(
                    full.build(random.stream("query")),
                    shared.build(random.stream("key")),
                    shared.build(random.stream("value")),
                    full.build(random.stream("output")),
                    heads,
                    keyHeads,
                    0);
        }
    }
}
