package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Root mean square normalisation over the last axis: {@code x / sqrt(mean(x^2) + epsilon) * weight}. Zhang and Sennrich
 * 2019, arXiv:1910.07467, equation 4.
 *
 * @param weight [width]
 * @param epsilon added to the mean square
 */
public record RmsNorm(Parameter weight, double epsilon) implements Layer {
    /** {@code x}: [..., width]. Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        return x.rmsNorm(weight.value(), epsilon);
    }

    /** The width of the normalised axis. */
    public record Config(int width) {
        /** Llama's default. */
        public static final double EPSILON = 1e-6;

        public Config {
            Check.positive("width", width);
        }

        /** Starts with scale 1. */
        public RmsNorm build() {
            return new RmsNorm(Parameter.of(Tensor.ones(DType.FLOAT32, width)), EPSILON);
        }
    }
}
