package org.lungo.nn;

import org.lungo.tensor.Random;

/** The shape of a layer that makes one vector of each row's values: [rows, ...] to [rows, width]. */
public interface VectorShape {
    /** The width of the vector. */
    int width();

    /** A freshly initialised layer. Its parameters live in the scope around the call. */
    Layer build(Random random);

    /** The number of trainable values of such a layer, which need not be made; exact up to 2^53. */
    double count();

    /** The values that training keeps for each row until its gradients are known, about. */
    double keptPerRow();
}
