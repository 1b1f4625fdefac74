package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Filters that slide over a sequence: {@code y[t] = b + sum over k of W[k] x[t + k - (width - 1) / 2]}, with zeros around the
 * sequence, so that its length stays.
 *
 * @param weight [out, in, width]
 * @param bias [out]
 */
public record Convolution1d(Parameter weight, Parameter bias) implements Layer {
    /** {@code x}: [rows, in, length]. Returns [rows, out, length]. */
    @Override
    public Tensor forward(Tensor x) {
        return x.convolution1d(weight.value(), bias.value());
    }

    /**
     * The sizes of the filters.
     *
     * @param in the width of each place
     * @param out the number of filters
     * @param width how many places a filter sees
     */
    public record Config(int in, int out, int width) {
        public Config {
            Check.positive("in", in);
            Check.positive("out", out);
            Check.positive("width", width);
        }

        /** Starts as PyTorch's layer does: uniform in (-b, b) with {@code b = 1/sqrt(in * width)}. */
        public Convolution1d build(Random random) {
            double bound = 1 / Math.sqrt((double) in * width);
            return new Convolution1d(
                    Parameter.of(Initializers.uniform(bound, random.stream("weight"), out, in, width)),
                    Parameter.of(Initializers.uniform(bound, random.stream("bias"), out)));
        }
    }
}
