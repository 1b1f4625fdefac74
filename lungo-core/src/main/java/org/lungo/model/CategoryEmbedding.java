package org.lungo.model;

import java.util.List;
import org.lungo.nn.Embedding;
import org.lungo.nn.Parameter;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * All category tables in one: the values of column {@code j} start at row {@code offsets[j]}, so that one lookup serves
 * every column.
 *
 * @param table the embeddings of all values of all columns
 * @param offsets INT64 [categories], a buffer
 */
public record CategoryEmbedding(Embedding table, Parameter offsets) {
    /** {@code categories}: INT64 [rows, categories]. Returns [rows, categories * width]. */
    public Tensor forward(Tensor categories) {
        Tensor embedded = table.forward(categories.add(offsets.value())); // [rows, categories, width]
        return embedded.flatten(1, 2); // [rows, categories * width]
    }

    static CategoryEmbedding build(List<Integer> cardinalities, int width, Random random) {
        long[] offsets = new long[cardinalities.size()];
        int total = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = total;
            total += cardinalities.get(i);
        }
        return new CategoryEmbedding(
                new Embedding.Config(total, width).build(random), Parameter.buffer(Tensor.of(offsets, offsets.length)));
    }
}
