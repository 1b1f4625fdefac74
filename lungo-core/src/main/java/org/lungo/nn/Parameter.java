package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** A tensor that belongs to a layer: trained by an optimiser, or a buffer that is only saved with the model. */
public final class Parameter {
    private final Tensor value;
    private final boolean trainable;

    private Parameter(Tensor value, boolean trainable) {
        this.value = value;
        this.trainable = trainable;
    }

    /** A parameter that is trained. */
    public static Parameter of(Tensor value) {
        return new Parameter(value.requireGradient(), true);
    }

    /** A tensor that is saved with the model and not trained, such as running statistics. */
    public static Parameter buffer(Tensor value) {
        return new Parameter(value, false);
    }

    /** The same numbers, not trained; the memory is shared. */
    public Parameter frozen() {
        return trainable ? buffer(value.detach()) : this;
    }

    /** The tensor. */
    public Tensor value() {
        return value;
    }

    /** False for a buffer. */
    public boolean trainable() {
        return trainable;
    }
}
