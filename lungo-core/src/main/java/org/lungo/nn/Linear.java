package org.lungo.nn;

import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A dense layer: {@code y = x W^T + b}.
 *
 * @param weight [out, in]
 * @param bias [out], or null
 */
public record Linear(Parameter weight, @Nullable Parameter bias) implements Layer {
    /** {@code x}: [..., in]. Returns [..., out]. */
    @Override
    public Tensor forward(Tensor x) {
        return x.linear(weight.value(), bias == null ? null : bias.value());
    }

    /**
     * The sizes of a dense layer.
     *
     * @param in the width of the input
     * @param out the width of the output
     * @param bias whether a bias is added
     */
    public record Config(int in, int out, boolean bias) {
        public Config {
            Check.positive("in", in);
            Check.positive("out", out);
        }

        /** Starts as PyTorch's layer does: weight and bias uniform in (-1/sqrt(in), 1/sqrt(in)). */
        public Linear build(Random random) {
            double bound = 1 / Math.sqrt(in);
            Tensor weight = Initializers.uniform(bound, random.stream("weight"), out, in);
            return new Linear(
                    Parameter.of(weight),
                    bias ? Parameter.of(Initializers.uniform(bound, random.stream("bias"), out)) : null);
        }
    }
}
