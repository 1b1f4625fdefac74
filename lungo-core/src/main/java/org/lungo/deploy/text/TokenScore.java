package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.List;

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
        for (int i : likeliest(logits, count)) {
            best.add(new TokenScore(i, logits[i] - sum, List.of()));
        }
        return new TokenScore(token, logits[token] - sum, best);
    }

    /** The logarithm of the sum of exponentials. */
    static double logSum(float[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }

    /** The places of the {@code count} largest numbers, the largest first, ties in order. */
    static int[] likeliest(float[] logits, int count) {
        int[] best = new int[Math.min(count, logits.length)];
        int found = 0;
        for (int i = 0; i < logits.length && best.length > 0; i++) {
            if (found < best.length || logits[i] > logits[best[found - 1]]) {
                int at = found < best.length ? found++ : found - 1;
                while (at > 0 && logits[best[at - 1]] < logits[i]) {
                    best[at] = best[--at];
                }
                best[at] = i;
            }
        }
        return best;
    }
}
