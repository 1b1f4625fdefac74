package org.lungo.evaluate;

import java.util.Arrays;
import org.lungo.tensor.Check;

/**
 * The baseline of a language model: each token is predicted from the two before it, by counting. Interpolated Kneser-Ney
 * smoothing with one discount per order: Kneser and Ney 1995; Chen and Goodman 1999, doi:10.1006/csla.1999.0128, section 3;
 * the discount is {@code n1 / (n1 + 2 n2)} of the counts that occur once and twice. Below single tokens every token is
 * equally likely.
 */
public final class TrigramModel {
    private final int vocabulary;
    private final Order third;
    private final Order second;
    private final Order first;

    private TrigramModel(int vocabulary, Order third, Order second, Order first) {
        this.vocabulary = vocabulary;
        this.third = third;
        this.second = second;
        this.first = first;
    }

    /**
     * Counts a text. Takes 30 bytes a token while it counts.
     *
     * @param tokens each from 0 to {@code vocabulary - 1}; three or more
     */
    public static TrigramModel of(int[] tokens, int vocabulary) {
        Check.that(tokens.length >= 3, "a trigram model needs three tokens or more", tokens.length);
        Check.that(vocabulary > 0 && vocabulary < 1 << 20, "vocabulary must be from 1 to 1,048,575", vocabulary);
        long[] trigrams = new long[tokens.length - 2];
        for (int i = 0; i < trigrams.length; i++) {
            trigrams[i] = ((long) tokens[i] * vocabulary + tokens[i + 1]) * vocabulary + tokens[i + 2];
        }
        Order third = Order.count(trigrams, vocabulary);
        Order second = Order.count(third.withoutFirst((long) vocabulary * vocabulary), vocabulary);
        Order first = Order.count(second.withoutFirst(vocabulary), vocabulary);
        return new TrigramModel(vocabulary, third, second, first);
    }

    /** The probability of {@code token} behind {@code before} and {@code last}. */
    public double probability(int before, int last, int token) {
        double uniform = 1.0 / vocabulary;
        double alone = first.interpolate(0, token, uniform);
        double pair = second.interpolate(last, token, alone);
        return third.interpolate((long) before * vocabulary + last, token, pair);
    }

    /** The mean cross-entropy of the tokens of a text from the third on, in nats; NaN when it has fewer. */
    public double loss(int... tokens) {
        double sum = 0;
        for (int i = 2; i < tokens.length; i++) {
            sum -= Math.log(probability(tokens[i - 2], tokens[i - 1], tokens[i]));
        }
        return tokens.length < 3 ? Double.NaN : sum / (tokens.length - 2);
    }

    /**
     * The counts of one order.
     *
     * @param keys what occurs, in order: its context times the vocabulary, plus its last token
     * @param counts how often
     * @param contexts the contexts, in order
     * @param starts where the keys of each context begin; one more behind the last
     * @param totals the sum of counts in each context
     */
    private record Order(
            int vocabulary, long[] keys, int[] counts, long[] contexts, int[] starts, long[] totals, double discount) {
        static Order count(long[] grams, int vocabulary) {
            Arrays.sort(grams);
            long[] keys = new long[grams.length];
            int[] counts = new int[grams.length];
            int kinds = 0;
            for (int i = 0; i < grams.length; i++) {
                if (i == 0 || grams[i] != grams[i - 1]) {
                    keys[kinds++] = grams[i];
                }
                counts[kinds - 1]++;
            }
            return byContext(Arrays.copyOf(keys, kinds), Arrays.copyOf(counts, kinds), vocabulary);
        }

        private static Order byContext(long[] keys, int[] counts, int vocabulary) {
            long[] contexts = new long[keys.length];
            int[] starts = new int[keys.length + 1];
            long[] totals = new long[keys.length];
            int n = 0;
            long once = 0;
            long twice = 0;
            for (int i = 0; i < keys.length; i++) {
                long context = keys[i] / vocabulary;
                if (n == 0 || context != contexts[n - 1]) {
                    contexts[n] = context;
                    starts[n++] = i;
                }
                totals[n - 1] += counts[i];
                once += counts[i] == 1 ? 1 : 0;
                twice += counts[i] == 2 ? 1 : 0;
            }
            starts[n] = keys.length;
            double discount = once == 0 ? 0.5 : once / (once + 2.0 * twice);
            return new Order(
                    vocabulary,
                    keys,
                    counts,
                    Arrays.copyOf(contexts, n),
                    Arrays.copyOf(starts, n + 1),
                    Arrays.copyOf(totals, n),
                    discount);
        }

        /** What occurs, each once, without the first token: their number is how many different ones were before. */
        long[] withoutFirst(long base) {
            return Arrays.stream(keys).map(key -> key % base).toArray();
        }

        double interpolate(long context, int token, double lower) {
            int place = Arrays.binarySearch(contexts, context);
            if (place < 0) {
                return lower;
            }
            int key = Arrays.binarySearch(keys, starts[place], starts[place + 1], context * vocabulary + token);
            double seen = key < 0 ? 0 : Math.max(counts[key] - discount, 0);
            int kinds = starts[place + 1] - starts[place];
            return (seen + discount * kinds * lower) / totals[place];
        }
    }
}
