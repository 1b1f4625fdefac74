package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Layer normalisation over the last axis. Ba, Kiros and Hinton 2016, arXiv:1607.06450, section 3.
 *
 * @param weight [width]
 * @param bias [width]
 * @param epsilon added to the variance
 */
public record LayerNorm(Parameter weight, Parameter bias, double epsilon) implements Layer {
    /** {@code x}: [..., width]. Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        return x.layerNorm(weight.value(), bias.value(), epsilon);
    }

    /** The width of the normalised axis. */
    public record Config(int width) {
        /** PyTorch's default. */
        public static final double EPSILON = 1e-5;

        public Config {
            Check.positive("width", width);
        }

        /** Starts with scale 1 and shift 0. */
        public LayerNorm build() {
            return new LayerNorm(
                    Parameter.of(Tensor.ones(DType.FLOAT32, width)),
                    Parameter.of(Tensor.zeros(DType.FLOAT32, width)),
                    EPSILON);
        }
    }
}
