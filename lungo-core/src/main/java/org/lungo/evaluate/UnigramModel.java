package org.lungo.evaluate;

import java.util.Arrays;
import org.lungo.tensor.Check;

/**
 * The baseline of a masked language model: each token is predicted by its frequency in the training text, {@code (count + 1) /
 * (tokens + vocabulary)}, so that none is impossible. Laplace's rule; Chen and Goodman 1999, doi:10.1006/csla.1999.0128,
 * section 2.
 */
public final class UnigramModel {
    private final long[] counts;
    private final long tokens;

    private UnigramModel(long[] counts, long tokens) {
        this.counts = counts;
        this.tokens = tokens;
    }

    /**
     * Counts a text.
     *
     * @param tokens each from 0 to {@code vocabulary - 1}
     */
    public static UnigramModel of(int[] tokens, int vocabulary) {
        Check.that(vocabulary > 0, "vocabulary must be at least 1", vocabulary);
        long[] counts = new long[vocabulary];
        for (int token : tokens) {
            counts[token]++;
        }
        return new UnigramModel(counts, tokens.length);
    }

    /** The probability of {@code token}, wherever it stands. */
    public double probability(int token) {
        return (counts[token] + 1.0) / (tokens + counts.length);
    }

    /** The sum of the cross-entropies of some tokens, in nats. */
    public double sum(long... some) {
        return -Arrays.stream(some)
                .mapToDouble(token -> Math.log(probability((int) token)))
                .sum();
    }
}
