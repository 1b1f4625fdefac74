package org.lungo.model;

import java.util.List;
import org.lungo.nn.Initializers;
import org.lungo.nn.Parameter;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * The mean vector of a text's words and pairs of neighbouring words; the vector of a pair is found by a hash. Joulin et al.
 * 2016, arXiv:1607.01759, section 2.
 *
 * @param table [tokens + pairs, embedding]; the first entry is padding
 * @param tokens the number of different tokens
 * @param pairs the number of different hashes, 0 for words alone
 */
record TextBag(Parameter table, int tokens, int pairs) implements TextEncoder {
    /** Words that are read by their mean alone. */
    static final WordReading WORDS = new Reading();

    /** A prime, so that neighbouring numbers of the first word spread over all hashes. */
    private static final int SPREAD = 1_000_003;

    @Override
    public Tensor forward(Tensor words, Tensor padding) {
        Tensor entries = words.to(DType.INT64); // [rows, length]
        long length = entries.size(1);
        if (pairs > 0 && length > 1) {
            Tensor first = entries.narrow(1, 0, length - 1);
            Tensor second = entries.narrow(1, 1, length - 1);
            Tensor hash =
                    first.mul(whole(SPREAD)).add(second).remainder(whole(pairs)).add(whole(tokens));
            Tensor hashes = whole(0).where(first.mul(second).eq(0), hash); // [rows, length - 1]
            entries = Reshaping.concat(List.of(entries, hashes), 1); // [rows, 2 * length - 1]
        }
        Tensor count = entries.gt(0).to(DType.FLOAT32).sum(1).clamp(1, Integer.MAX_VALUE); // [rows]
        Tensor mean = table.value().embeddingBag(entries, 0); // [rows, embedding]
        return mean.mul(count.sqrt().unsqueeze(1)); // [rows, embedding]
    }

    private static Tensor whole(long value) {
        return Tensor.full(value, DType.INT64, 1);
    }

    static TextBag build(TextLayers config, int tokens, Random random) {
        int pairs = config.bag().pairs();
        int width = config.bag().embedding();
        double bound = 1.0 / width;
        Tensor values = Initializers.uniform(bound, random.stream("bag"), tokens + pairs, width);
        values.narrow(0, 0, 1).copyInPlace(Tensor.zeros(values.dtype(), 1, width));
        return new TextBag(Parameter.of(values), tokens, pairs);
    }

    private record Reading() implements WordReading {
        @Override
        public int width(TextLayers layers) {
            return 0;
        }

        @Override
        public double keptPerToken(TextLayers layers) {
            return 8;
        }

        @Override
        public double count(TextLayers layers, double tokens) {
            return 0;
        }

        @Override
        public List<TextEncoder> build(TextLayers layers, int tokens, Random random) {
            return List.of();
        }
    }
}
