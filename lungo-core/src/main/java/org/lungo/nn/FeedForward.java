package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Two dense layers with an activation between them: {@code down(activation(up(x)))}. Vaswani et al. 2017,
 * arXiv:1706.03762, section 3.3.
 *
 * @param up [..., width] to [..., inner]
 * @param activation any shape, for example {@link Activation#GELU} or {@link TanhGelu}
 * @param down [..., inner] to [..., width]
 */
public record FeedForward(Layer up, Layer activation, Layer down) implements Layer {
    /** {@code x}: [..., width]. Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor inner = activation.forward(up.forward(x)); // [..., inner]
        return down.forward(inner); // [..., width]
    }

    /** The width of the input and output, the width in between, and what stands there. */
    public record Config(int width, int inner, Layer activation) {
        public Config {
            Check.positive("width", width);
            Check.positive("inner", inner);
        }

        /** Starts as {@link Linear} does, with biases. */
        public FeedForward build(Random random) {
            return new FeedForward(
                    new Linear.Config(width, inner, true).build(random.stream("up")),
                    activation,
                    new Linear.Config(inner, width, true).build(random.stream("down")));
        }
    }
}
