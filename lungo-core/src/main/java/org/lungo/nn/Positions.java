package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A vector for each place of a sequence, added to the token there.
 *
 * @param table [context, width]; trained, or a buffer of sines
 */
public record Positions(Parameter table) implements Layer {
    /** {@code x}: [batch, sequence, width], the sequence at most as long as the context. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        Check.that(x.size(-2) <= context(), "a sequence must have at most " + context() + " places", x.size(-2));
        return x.add(table.value().narrow(0, 0, x.size(-2)));
    }

    /** The vectors of the places {@code places}: [...] INT64. Returns [..., width]. */
    public Tensor at(Tensor places) {
        return table.value().embedding(places);
    }

    /** The number of places. */
    public long context() {
        return table.value().size(0);
    }

    /** The number of places and the width of their vectors. */
    public record Config(int context, int width) {
        /** GPT-2's starting deviation. Radford et al. 2019, section 2.3, and its published code. */
        public static final double DEVIATION = 0.02;

        public Config {
            Check.positive("context", context);
            Check.positive("width", width);
        }

        /** Trained vectors, normal at the start. */
        public Positions learned(Random random) {
            return new Positions(Parameter.of(Initializers.normal(DEVIATION, random.stream("table"), context, width)));
        }

        /**
         * Fixed waves: {@code sin(place / 10000^(2i / width))} in column 2i, the cosine in column 2i + 1. Vaswani et al.
         * 2017, arXiv:1706.03762, section 3.5.
         */
        public Positions sinusoidal() {
            float[] waves = new float[Math.multiplyExact(context, width)];
            for (int place = 0; place < context; place++) {
                for (int column = 0; column < width; column++) {
                    double angle = place / Math.pow(10_000, (column - column % 2) / (double) width);
                    waves[place * width + column] = (float) (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
                }
            }
            return new Positions(Parameter.buffer(Tensor.of(waves, context, width)));
        }
    }
}
