package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A gated feed-forward network: {@code down(silu(gate(x)) * up(x))}. Shazeer 2020, arXiv:2002.05202, equation 6.
 *
 * @param gate [..., width] to [..., inner]
 * @param up [..., width] to [..., inner]
 * @param down [..., inner] to [..., width]
 */
public record SwiGlu(Layer gate, Layer up, Layer down) implements Layer {
    /** {@code x}: [..., width]. Returns [..., width]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor gated = gate.forward(x).silu().mul(up.forward(x)); // [..., inner]
        return down.forward(gated); // [..., width]
    }

    /** The width of the input and output, the width in between, and whether biases are added. */
    public record Config(int width, int inner, boolean bias) {
        public Config {
            Check.positive("width", width);
            Check.positive("inner", inner);
        }

        /** Starts as {@link Linear} does. */
        public SwiGlu build(Random random) {
            Linear.Config out = new Linear.Config(width, inner, bias);
            return new SwiGlu(
                    out.build(random.stream("gate")),
                    out.build(random.stream("up")),
                    new Linear.Config(inner, width, bias).build(random.stream("down")));
        }
    }
}
