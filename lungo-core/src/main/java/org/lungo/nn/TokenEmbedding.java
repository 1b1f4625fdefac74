package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * The vectors of tokens. Number 0 is padding: its vector is 0 and stays so, because it has no gradient.
 *
 * @param table [entries, width]
 */
public record TokenEmbedding(Parameter table) implements Layer {
    /** The number that stands for no token. */
    public static final int PADDING = 0;

    /** {@code x}: [...] INT64 or INT32, each in [0, entries). Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        return table.value().embedding(x, PADDING);
    }

    /** The number of vectors, with that of padding, their width, and the deviation that they start with. */
    public record Config(int entries, int width, double deviation) {
        public Config {
            Check.positive("entries", entries);
            Check.positive("width", width);
            Check.notNegative("deviation", deviation);
        }

        /** Starts normally distributed around 0, as PyTorch's layer does with deviation 1. */
        public TokenEmbedding build(Random random) {
            Tensor values = Initializers.normal(deviation, random.stream("table"), entries, width);
            values.narrow(0, PADDING, 1).copyInPlace(Tensor.zeros(values.dtype(), 1, width));
            return new TokenEmbedding(Parameter.of(values));
        }
    }
}
