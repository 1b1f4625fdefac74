package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** GELU by its approximation with tanh, as GPT-2 has it. Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2. */
public record TanhGelu() implements Layer {
    /** {@code x}: any shape. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        return x.geluTanh();
    }
}
