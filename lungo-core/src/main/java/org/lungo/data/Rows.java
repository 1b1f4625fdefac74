package org.lungo.data;

import java.util.Arrays;
import java.util.function.Consumer;
import org.lungo.tensor.Random;

/**
 * Rows that need not be in memory: a {@link Table} holds them, {@link StagedRows} reads them again whenever it is asked.
 * Both give the same rows in the same order.
 */
public sealed interface Rows permits Table, StagedRows {
    /** The number of rows. */
    int rows();

    /** The given rows, which must be in ascending order. */
    Rows select(int[] rows);

    /** One column of all rows, in memory. */
    Column column(String name);

    /** All rows in order, some at a time. */
    void forEachChunk(Consumer<Table> chunks);

    /** All rows, in memory. */
    Table load();

    /** All rows in memory when there are at most {@code maxRows}, else a random sample of {@code maxRows} rows, in order. */
    default Table sample(int maxRows, Random random) {
        if (rows() <= maxRows) {
            return load();
        }
        int[] drawn = Arrays.copyOf(random.permutation(rows()), maxRows);
        Arrays.sort(drawn);
        return select(drawn).load();
    }
}
