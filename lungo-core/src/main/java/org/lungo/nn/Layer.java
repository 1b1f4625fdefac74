package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** A function of a tensor with parameters. Implemented by records whose components are its parameters and sub-layers. */
@FunctionalInterface
public interface Layer {
    /** The layer's output; each layer states the shapes. */
    Tensor forward(Tensor x);
}
