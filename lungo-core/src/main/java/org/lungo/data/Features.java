package org.lungo.data;

import org.lungo.tensor.Tensor;

/**
 * The inputs of a model for tables.
 *
 * @param numbers FLOAT32 [rows, numbers]; no column when the width is 0
 * @param categories INT64 [rows, categories]: for each column the index of the value
 */
public record Features(Tensor numbers, Tensor categories) {
    /** The number of rows. */
    public long rows() {
        return numbers.size(0);
    }

    /** The rows that {@code indices} (INT64, one axis) names, in that order. */
    public Features select(Tensor indices) {
        return new Features(pick(numbers, indices), pick(categories, indices));
    }

    /** The rows from {@code start}, {@code length} of them. Shares memory. */
    public Features narrow(long start, long length) {
        return new Features(numbers.narrow(0, start, length), categories.narrow(0, start, length));
    }

    private static Tensor pick(Tensor tensor, Tensor indices) {
        if (tensor.size(1) > 0) {
            return tensor.indexSelect(0, indices);
        }
        return indices.elements() <= tensor.size(0)
                ? tensor.narrow(0, 0, indices.elements())
                : Tensor.zeros(tensor.dtype(), indices.elements(), 0);
    }
}
