package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A table of vectors, looked up by number.
 *
 * @param table [entries, width]
 */
public record Embedding(Parameter table) implements Layer {
    /** {@code x}: [...] INT64, each in [0, entries). Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        return table.value().embedding(x);
    }

    /** The number of vectors and their width. */
    public record Config(int entries, int width) {
        public Config {
            Check.positive("entries", entries);
            Check.positive("width", width);
        }

        /** Starts uniform in (-1/sqrt(width), 1/sqrt(width)), as in Gorishniy et al. 2021, arXiv:2106.11959. */
        public Embedding build(Random random) {
            return new Embedding(
                    Parameter.of(Initializers.uniform(1 / Math.sqrt(width), random.stream("table"), entries, width)));
        }
    }
}
