package org.lungo.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * Positions as rotations of queries and keys: the pair (x_i, x_{i + width/2}) is turned by {@code place * base^(-2i/width)}.
 * Su et al. 2021, RoFormer, arXiv:2104.09864, section 3.2, with the pairs laid out as in Llama's Hugging Face files, half
 * a head apart.
 *
 * @param width the width of a head, even
 * @param base the paper's 10000
 * @param scaling how slow rotations are stretched for contexts longer than those trained on, or null
 */
public record Rotary(int width, double base, @Nullable Scaling scaling) {
    public Rotary {
        Check.that(width >= 2 && width % 2 == 0, "the width of a head must be even for rotary positions", width);
        Check.positive("base", base);
    }

    /** {@code places}: [batch or 1, sequence] INT64. Returns the rotation of each place. */
    public Rotation at(Tensor places) {
        Tensor frequencies = Tensor.of(frequencies(), width / 2).to(places.device()); // [width / 2]
        Tensor half = places.unsqueeze(-1).mul(frequencies); // [batch, sequence, width / 2]
        Tensor angles = Reshaping.concat(List.of(half, half), -1).unsqueeze(1); // [batch, 1, sequence, width]
        return new Rotation(angles.cos(), angles.sin());
    }

    /** In FLOAT32, as the models that use them were trained. */
    private float[] frequencies() {
        float[] frequencies = new float[width / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = (float) Math.pow(base, -2.0 * i / width);
            frequencies[i] = (float) (scaling == null ? frequency : scaling.of(frequency));
        }
        return frequencies;
    }

    /**
     * The cosines and sines of places.
     *
     * @param cos [batch or 1, 1, sequence, width]
     * @param sin [batch or 1, 1, sequence, width]
     */
    public record Rotation(Tensor cos, Tensor sin) {
        /** {@code x}: [batch, heads, sequence, width]. Returns the same shape. */
        public Tensor of(Tensor x) {
            long half = x.size(-1) / 2;
            Tensor first = x.narrow(-1, 0, half); // [batch, heads, sequence, width / 2]
            Tensor second = x.narrow(-1, half, half); // [batch, heads, sequence, width / 2]
            Tensor turned = Reshaping.concat(List.of(second.neg(), first), -1); // [batch, heads, sequence, width]
            Tensor sum = x.mul(cos).add(turned.mul(sin)); // [batch, heads, sequence, width]
            return sum.dtype() == x.dtype() ? sum : sum.to(x.dtype());
        }
    }

    /**
     * Llama 3's stretching: rotations slower than {@code lowFactor} turns within the trained context are slowed down by
     * {@code factor}, those faster than {@code highFactor} turns stay, those between are blended. Grattafiori et al. 2024,
     * arXiv:2407.21783, section 3.4.2, and the published code.
     *
     * @param factor how much longer the context becomes
     * @param trainedContext the context before, in tokens
     */
    public record Scaling(double factor, double lowFactor, double highFactor, int trainedContext) {
        public Scaling {
            Check.that(factor >= 1, "factor must be at least 1", factor);
            Check.positive("lowFactor", lowFactor);
            Check.that(highFactor > lowFactor, "highFactor must be above lowFactor", highFactor + " and " + lowFactor);
            Check.positive("trainedContext", trainedContext);
        }

        double of(double frequency) {
            double turns = trainedContext * frequency / (2 * Math.PI);
            double kept = Math.min(1, Math.max(0, (turns - lowFactor) / (highFactor - lowFactor)));
            return (1 - kept) * frequency / factor + kept * frequency;
        }
    }
}
