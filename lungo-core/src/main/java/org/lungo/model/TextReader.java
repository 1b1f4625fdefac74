package org.lungo.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.tensor.DType;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * What reads one column of texts. Texts of similar length are read together, so that little padding is computed.
 *
 * @param start the place of its first token
 * @param length the most tokens of a text
 * @param wordDropout the share of tokens left out in training
 * @param textDropout of the text's vector
 */
record TextReader(List<TextEncoder> encoders, long start, long length, double wordDropout, double textDropout) {
    /** So few, with padding, that what the layers pass on stays small. */
    private static final long TOKENS_AT_ONCE = 1 << 14;

    /** {@code all}: INT32 [rows, tokens of all texts]. Returns [rows, width]. */
    Tensor forward(Tensor all) {
        Tensor tokens = all.narrow(1, start, length); // INT32 [rows, length]
        long[] lengths = tokens.gt(0).to(DType.INT64).sum(1).toLongs();
        long[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> -lengths[row]))
                .mapToLong(row -> row)
                .toArray();
        long longest = Math.max(1, order.length == 0 ? 1 : lengths[(int) order[0]]);
        if (longest * order.length <= TOKENS_AT_ONCE) {
            return vectors(tokens.narrow(1, 0, longest)).dropout(textDropout);
        }
        List<Tensor> groups = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            long most = Math.max(1, lengths[(int) order[from]]);
            int rows = (int) Math.min(order.length - from, Math.max(1, TOKENS_AT_ONCE / most));
            groups.add(group(tokens.narrow(1, 0, most), order, from, rows));
            from += rows;
        }
        long[] places = new long[order.length];
        for (int i = 0; i < places.length; i++) {
            places[(int) order[i]] = i;
        }
        return Reshaping.concat(groups, 0)
                .indexSelect(0, Tensor.of(places, places.length)) // [rows, width]
                .dropout(textDropout);
    }

    /** The vectors of some rows; outside training all that they pass through is freed. */
    private Tensor group(Tensor tokens, long[] order, int from, int rows) {
        long[] chosen = java.util.Arrays.copyOfRange(order, from, from + rows);
        if (Scope.isTraining()) {
            return vectors(tokens.indexSelect(0, Tensor.of(chosen, rows)));
        }
        try (Scope scope = Scope.open()) {
            return scope.keep(vectors(tokens.indexSelect(0, Tensor.of(chosen, rows))));
        }
    }

    private Tensor vectors(Tensor tokens) {
        Tensor padding = tokens.gt(0).eq(0); // BOOL [rows, length]
        Tensor read = tokens;
        if (wordDropout > 0 && Scope.isTraining()) {
            Tensor kept = Tensor.ones(DType.FLOAT32, tokens.shape()).dropout(wordDropout);
            read = tokens.mul(kept.gt(0).to(DType.INT32));
        }
        List<Tensor> vectors = new ArrayList<>();
        for (TextEncoder encoder : encoders) {
            vectors.add(encoder.forward(read, padding));
        }
        return Reshaping.concat(vectors, 1); // [rows, width]
    }
}
