package org.lungo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Reads texts of similar length together, so that little padding is computed. */
final class ByLength {
    private ByLength() {}

    /**
     * The vectors of all rows.
     *
     * @param lengths tokens of each row
     * @param maxTokens tokens, with padding, that are read at once; all rows in their order when they are no more
     * @param reader gives the vectors of some rows, [some, width]
     * @return [rows, width], in order
     */
    static Tensor read(long[] lengths, long maxTokens, Function<long[], Tensor> reader) {
        long longest = Math.max(1, Arrays.stream(lengths).max().orElse(1));
        if (longest * lengths.length <= maxTokens) {
            return reader.apply(
                    IntStream.range(0, lengths.length).asLongStream().toArray());
        }
        long[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> -lengths[row]))
                .mapToLong(row -> row)
                .toArray();
        List<Tensor> groups = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            long first = Math.max(1, lengths[(int) order[from]]);
            int rows = (int) Math.min(order.length - from, Math.max(1, maxTokens / first));
            groups.add(group(Arrays.copyOfRange(order, from, from + rows), reader));
            from += rows;
        }
        long[] places = new long[order.length];
        for (int i = 0; i < places.length; i++) {
            places[(int) order[i]] = i;
        }
        return Reshaping.concat(groups, 0).indexSelect(0, Tensor.of(places, places.length)); // [rows, width]
    }

    /** The vectors of some rows; outside training all that they pass through is freed. */
    private static Tensor group(long[] rows, Function<long[], Tensor> reader) {
        if (Scope.isTraining()) {
            return reader.apply(rows);
        }
        try (Scope scope = Scope.open()) {
            return scope.keep(reader.apply(rows));
        }
    }
}
