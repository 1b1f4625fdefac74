package org.lungo.data;

import java.util.Arrays;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Encoded rows with their answers, held in native memory (or mapped from a file) once; a batch is then one selection.
 *
 * @param features the inputs of all rows
 * @param targets the answers of all rows, see {@link Batch}
 */
public record Dataset(Features features, Tensor targets) {
    public Dataset {
        Check.that(
                features.rows() == targets.size(0),
                "features and targets must have equally many rows",
                features.rows() + " and " + targets.size(0));
    }

    /** Rows from {@code start} on, {@code rows} of them. Shares memory. */
    public Dataset narrow(long start, long rows) {
        return new Dataset(features.narrow(start, rows), targets.narrow(0, start, rows));
    }

    /** Overwrites these rows with those of {@code source}, which must have the same shapes. */
    public void fill(Dataset source) {
        features.fill(source.features);
        targets.copyInPlace(source.targets);
    }

    /** The number of rows. */
    public int rows() {
        return Math.toIntExact(features.rows());
    }

    /** The given rows in the given order, copied; a row may occur several times. */
    public Dataset select(int... rows) {
        Tensor indices = Tensor.of(Arrays.stream(rows).asLongStream().toArray(), rows.length);
        return new Dataset(features.select(indices), targets.indexSelect(0, indices));
    }

    /** Room for other rows of this shape. */
    public Dataset sized(long rows, Storage storage) {
        return new Dataset(features.sized(rows, storage), Features.sized(targets, rows, "targets", storage));
    }

    /** The rows in the order of {@code random}, cut into batches; the last one may be smaller. */
    public Epoch epoch(Random random, int batchSize) {
        int[] order = random.permutation(rows());
        long[] indices = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            indices[i] = order[i];
        }
        return new Epoch(this, Tensor.of(indices, indices.length), batchSize);
    }

    /** One pass over the rows. Its order lives in the scope that it was made in, a batch in the scope that reads it. */
    public record Epoch(Dataset dataset, Tensor order, int batchSize) {
        public Epoch {
            Check.positive("batch_size", batchSize);
        }

        /** The number of batches. */
        public int batches() {
            return (dataset.rows() + batchSize - 1) / batchSize;
        }

        /** The {@code index}th batch. */
        public Batch batch(int index) {
            long start = (long) index * batchSize;
            Tensor rows = order.narrow(0, start, Math.min(batchSize, dataset.rows() - start));
            return new Batch(dataset.features.select(rows), dataset.targets.indexSelect(0, rows));
        }
    }
}
