package org.lungo.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.evaluate.Bootstrap;
import org.lungo.evaluate.Counted;
import org.lungo.evaluate.Interval;

/**
 * The loss of tokens, part by part: of the windows of a text, or of its translations. Parts are drawn with replacement for
 * the interval of the mean, since the tokens of a part hang together.
 */
public final class PartLosses {
    private final double[] sums;
    private final long[] tokens;

    /** Of {@code parts} parts, none of which has a token yet. */
    public PartLosses(int parts) {
        sums = new double[parts];
        tokens = new long[parts];
    }

    /**
     * Adds the losses of tokens.
     *
     * @param parts the numbers of the parts that the tokens are of, in the order of the tokens
     * @param lengths how many tokens there are of each of {@code parts}
     * @param each the loss of each token, in nats
     */
    public void add(int[] parts, int[] lengths, double[] each) {
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            for (int end = at + lengths[i]; at < end; at++) {
                sums[parts[i]] += each[at];
            }
            tokens[parts[i]] += lengths[i];
        }
    }

    /**
     * Adds the losses of tokens of parts of equal lengths that follow each other.
     *
     * @param first the number of the first part
     */
    public void add(int first, int length, double[] each) {
        int count = each.length / length;
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        add(IntStream.range(first, first + count).toArray(), lengths, each);
    }

    /** The 95% intervals of the mean loss of a token, {@code val_loss}, and of {@code perplexity}, its exponential. */
    public Map<String, Interval> intervals() {
        Counted loss = Counted.ratio(sums, tokens);
        Map<String, Counted> metrics = new LinkedHashMap<>();
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put("perplexity", counts -> Math.exp(loss.of(counts)));
        return Bootstrap.STANDARD.intervals(sums.length, metrics);
    }
}
