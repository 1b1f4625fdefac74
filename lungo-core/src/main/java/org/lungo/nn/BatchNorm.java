package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Batch normalisation. Ioffe and Szegedy 2015, arXiv:1502.03167, algorithms 1 and 2. In training the batch's statistics
 * are used and remembered; else the remembered ones.
 *
 * @param weight [width]
 * @param bias [width]
 * @param mean the running mean, [width], a buffer
 * @param variance the running variance, [width], a buffer
 * @param momentum the weight of the newest batch in the running statistics
 * @param epsilon added to the variance
 */
public record BatchNorm(
        Parameter weight, Parameter bias, Parameter mean, Parameter variance, double momentum, double epsilon)
        implements Layer {
    /** {@code x}: [batch, width]. Returns [batch, width]. */
    @Override
    public Tensor forward(Tensor x) {
        return x.batchNorm(weight.value(), bias.value(), mean.value(), variance.value(), momentum, epsilon);
    }

    /** The number of features. */
    public record Config(int width) {
        /** PyTorch's default. */
        public static final double MOMENTUM = 0.1;

        /** PyTorch's default. */
        public static final double EPSILON = 1e-5;

        public Config {
            Check.positive("width", width);
        }

        /** Starts with scale 1, shift 0, mean 0 and variance 1. */
        public BatchNorm build() {
            return new BatchNorm(
                    Parameter.of(Tensor.ones(DType.FLOAT32, width)),
                    Parameter.of(Tensor.zeros(DType.FLOAT32, width)),
                    Parameter.buffer(Tensor.zeros(DType.FLOAT32, width)),
                    Parameter.buffer(Tensor.ones(DType.FLOAT32, width)),
                    MOMENTUM,
                    EPSILON);
        }
    }
}
