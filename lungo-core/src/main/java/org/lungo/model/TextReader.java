package org.lungo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lungo.tensor.DType;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * What reads one column of texts.
 *
 * @param start the place of its first token
 * @param length the maximum number of tokens of a text
 * @param wordDropout the share of tokens left out in training
 * @param textDropout of the text's vector
 */
record TextReader(List<TextEncoder> encoders, long start, long length, double wordDropout, double textDropout)
        implements TextVectors {
    /** A number of tokens, with padding, whose hidden values stay small. */
    private static final long TOKENS_AT_ONCE = 1 << 14;

    @Override
    public Tensor forward(Tensor all) {
        Tensor tokens = all.narrow(1, start, length); // INT32 [rows, length]
        long[] lengths = tokens.gt(0).to(DType.INT64).sum(1).toLongs();
        return ByLength.read(lengths, TOKENS_AT_ONCE, rows -> {
                    long longest = Math.max(
                            1,
                            Arrays.stream(rows)
                                    .map(row -> lengths[(int) row])
                                    .max()
                                    .orElse(1));
                    Tensor some = tokens.narrow(1, 0, longest); // [rows, longest]
                    return vectors(
                            rows.length == lengths.length ? some : some.indexSelect(0, Tensor.of(rows, rows.length)));
                })
                .dropout(textDropout); // [rows, width]
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
