package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** A layer's output added to its input. He et al. 2016, arXiv:1512.03385, equation 1. */
public record Residual(Layer inner) implements Layer {
    /** {@code x}: a shape that the inner layer keeps. Returns that shape. */
    @Override
    public Tensor forward(Tensor x) {
        return x.add(inner.forward(x));
    }
}
