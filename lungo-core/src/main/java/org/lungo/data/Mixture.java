package org.lungo.data;

import org.lungo.tensor.Tensor;

/**
 * Rows of a batch, each blended with another one.
 *
 * @param partners INT64 [rows]: the place of the other row
 * @param share how much of a row stays its own, from 0 to 1
 */
public record Mixture(Tensor partners, double share) {
    /** {@code x}: [rows, width]. Returns share * x + (1 - share) * x[partners], [rows, width]. */
    public Tensor of(Tensor x) {
        return x.mul(share).add(x.indexSelect(0, partners).mul(1 - share)); // [rows, width]
    }
}
