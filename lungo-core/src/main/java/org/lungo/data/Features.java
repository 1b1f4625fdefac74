package org.lungo.data;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Tensor;

/**
 * The inputs of a model for tables.
 *
 * @param numbers FLOAT32 [rows, numbers]; no column when the width is 0
 * @param categories INT64 [rows, categories]: for each column the index of the value
 * @param tokens INT32 [rows, tokens]: for each text its tokens, 0 after the last one; null when there is no text
 * @param shaped for each column with a shape of its own FLOAT32 [rows, shape]
 * @param mixture how a model blends what it read of the rows, in training; null not at all
 */
public record Features(
        Tensor numbers,
        Tensor categories,
        @Nullable Tensor tokens,
        List<Tensor> shaped,
        @Nullable Mixture mixture) {
    public Features {
        shaped = List.copyOf(shaped);
    }

    /** Rows that are not blended, without columns that have a shape of their own. */
    public Features(Tensor numbers, Tensor categories, @Nullable Tensor tokens) {
        this(numbers, categories, tokens, List.of(), null);
    }

    /** The inputs of a table without texts. */
    public Features(Tensor numbers, Tensor categories) {
        this(numbers, categories, null);
    }

    /** The rows mixed with those of {@code other}. */
    public Features mixed(Mixture other) {
        return new Features(numbers, categories, tokens, shaped, other);
    }

    /** The same rows with other numbers. */
    public Features withNumbers(Tensor others) {
        return new Features(others, categories, tokens, shaped, mixture);
    }

    /** The same rows with other tokens. */
    public Features withTokens(Tensor others) {
        return new Features(numbers, categories, others, shaped, mixture);
    }

    /** {@code x} [rows, width] as these rows are blended. */
    public Tensor blend(Tensor x) {
        return mixture == null ? x : mixture.of(x);
    }

    /** The number of rows. */
    public long rows() {
        return numbers.size(0);
    }

    /** The rows that {@code indices} (INT64, one axis) names, in that order. */
    public Features select(Tensor indices) {
        return new Features(
                pick(numbers, indices),
                pick(categories, indices),
                tokens == null ? null : tokens.indexSelect(0, indices),
                shaped.stream().map(tensor -> tensor.indexSelect(0, indices)).toList(),
                null);
    }

    /** The rows from {@code start}, {@code length} of them. Shares memory. */
    public Features narrow(long start, long length) {
        return new Features(
                numbers.narrow(0, start, length),
                categories.narrow(0, start, length),
                tokens == null ? null : tokens.narrow(0, start, length),
                shaped.stream().map(tensor -> tensor.narrow(0, start, length)).toList(),
                null);
    }

    /** Overwrites the rows with those of {@code source}, which must have the same shapes. */
    void fill(Features source) {
        numbers.copyInPlace(source.numbers);
        categories.copyInPlace(source.categories);
        if (tokens != null && source.tokens != null) {
            tokens.copyInPlace(source.tokens);
        }
        for (int i = 0; i < shaped.size(); i++) {
            shaped.get(i).copyInPlace(source.shaped.get(i));
        }
    }

    /** Room for other rows of this shape. */
    Features sized(long rows, Storage storage) {
        return new Features(
                sized(numbers, rows, "numbers", storage),
                sized(categories, rows, "categories", storage),
                tokens == null ? null : sized(tokens, rows, "tokens", storage),
                IntStream.range(0, shaped.size())
                        .mapToObj(i -> sized(shaped.get(i), rows, "shaped." + i, storage))
                        .toList(),
                null);
    }

    /** Room for other rows of the shape of {@code tensor}. */
    static Tensor sized(Tensor tensor, long rows, String name, Storage storage) {
        long[] shape = tensor.shape();
        shape[0] = rows;
        return storage.allocate(name, tensor.dtype(), shape);
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
