package org.lungo.model;

import org.jspecify.annotations.Nullable;
import org.lungo.nn.Activation;
import org.lungo.nn.BatchNorm;
import org.lungo.nn.Layer;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A dense layer, its normalisation, activation and dropout, and the input added when it is residual.
 *
 * @param linear [..., in] to [..., out]
 * @param normalization null for none
 */
public record DenseBlock(
        Layer linear, @Nullable Layer normalization, Activation activation, double dropout, boolean residual)
        implements Layer {
    /** Values that training keeps for each output: product, scaled, shifted, activated, dropped. */
    static final int KEPT_PER_OUTPUT = 5;

    /** 4 MB of weights: more than that does not stay in a processor's cache, and sharing them is faster. */
    private static final long MAX_FOLDED = 1 << 20;

    /** {@code x}: [..., in]. Returns [..., out]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor y = linear.forward(x); // [..., out]
        if (normalization != null) {
            y = normalization.forward(y);
        }
        y = activation.forward(y).dropout(dropout);
        return residual ? x.add(y) : y;
    }

    /** The same block for answering only, see {@link Mlp#folded}. */
    DenseBlock folded() {
        return linear instanceof EnsembleLinear shared && shared.foldedCount() <= MAX_FOLDED
                ? new DenseBlock(shared.folded(), normalization, activation, dropout, residual)
                : this;
    }

    static DenseBlock build(Mlp.Config config, int index, int in, Random random) {
        int out = config.hidden().get(index);
        Layer linear = config.members() == 1
                ? new Linear.Config(in, out, true).build(random)
                : EnsembleLinear.build(config.members(), in, out, index == 0, random);
        Layer normalization = switch (config.normalization()) {
            case NONE -> null;
            case LAYER -> new LayerNorm.Config(out).build();
            case BATCH -> new BatchNorm.Config(out).build();
        };
        boolean residual = config.residual() && index > 0 && in == out;
        return new DenseBlock(linear, normalization, config.activation(), config.dropout(), residual);
    }
}
