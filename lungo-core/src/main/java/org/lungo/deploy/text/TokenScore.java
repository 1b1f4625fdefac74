package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How likely the model held a token to be, whatever it was chosen by: the softmax of its logits, without temperature or
 * penalties.
 *
 * @param logProbability the natural logarithm
 * @param likeliest the tokens that were likeliest in its place, the best first; they have none of their own
 */
public record TokenScore(long token, double logProbability, List<TokenScore> likeliest) {
    public TokenScore {
        likeliest = List.copyOf(likeliest);
    }

    /** {@code logits}: one for each token of the vocabulary. Names the {@code count} likeliest, ties by number. */
    public static TokenScore of(float[] logits, int token, int count) {
        double sum = logSum(logits);
        List<TokenScore> best = new ArrayList<>();
        int[] likeliest = new Likeliest(count, Set.of()).of(logits, 0, logits.length, Float.NEGATIVE_INFINITY);
        for (int i : likeliest) {
            if (logits[i] > Float.NEGATIVE_INFINITY) { // else it has no probability
                best.add(new TokenScore(i, logits[i] - sum, List.of()));
            }
        }
        return new TokenScore(token, logits[token] - sum, best);
    }

    /** The logarithm of the sum of exponentials. */
    static double logSum(float[] logits) {
        return logSum(logits, 0, logits.length);
    }

    /** The same of {@code vocabulary} logits, from the place {@code from} on. */
    static double logSum(float[] logits, int from, int vocabulary) {
        int to = from + vocabulary;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logits[i] - max);
        }
        return max + Math.log(sum);
    }
}
