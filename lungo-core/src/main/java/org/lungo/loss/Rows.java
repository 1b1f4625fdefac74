package org.lungo.loss;

import org.lungo.tensor.Tensor;

/** From one loss per element to one per row. */
final class Rows {
    private Rows() {}

    /** The mean over all axes but the first: [batch, ...] to [batch]. */
    static Tensor mean(Tensor elements) {
        return elements.rank() == 1
                ? elements
                : elements.reshape(elements.size(0), -1).mean(1);
    }
}
