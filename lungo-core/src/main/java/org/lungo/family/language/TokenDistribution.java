package org.lungo.family.language;

import java.util.Arrays;
import java.util.BitSet;
import org.lungo.deploy.text.Sampling;

/**
 * The distribution that the next token is drawn from: tokens and their weights. Plain Java, so that a seed gives the same tokens for the same logits
 * on every platform.
 *
 * @param tokens the likeliest first where some were left out, else in order; ties by number
 * @param weights each token's probability times one number, the same for all
 */
public record TokenDistribution(int[] tokens, double[] weights) {
    /** {@code logits}: one for each token of the vocabulary; {@code seen}: the tokens in the text so far. */
    public static TokenDistribution of(float[] logits, BitSet seen, Sampling sampling) {
        float[] scores = penalised(logits, seen, sampling.repetitionPenalty());
        int best = likeliest(scores);
        if (sampling.temperature() == 0) {
            return new TokenDistribution(new int[] {best}, new double[] {1});
        }
        boolean all = sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0;
        int[] tokens = all ? upTo(scores.length) : likeliestFirst(scores);
        int kept = sampling.topK() == 0 ? tokens.length : Math.min(sampling.topK(), tokens.length);
        double[] weights = new double[kept];
        for (int i = 0; i < kept; i++) {
            weights[i] = Math.exp((scores[tokens[i]] - (double) scores[best]) / sampling.temperature());
        }
        kept = nucleus(weights, sampling.topP());
        while (kept > 1 && weights[kept - 1] < sampling.minP()) { // the likeliest has weight 1
            kept--;
        }
        return kept == tokens.length
                ? new TokenDistribution(tokens, weights)
                : new TokenDistribution(Arrays.copyOf(tokens, kept), Arrays.copyOf(weights, kept));
    }

    /** The token at {@code share}, in [0, 1), of all probability. */
    public int at(double share) {
        double goal = share * Arrays.stream(weights).sum();
        double sum = 0;
        for (int i = 0; i < tokens.length; i++) {
            sum += weights[i];
            if (sum > goal) {
                return tokens[i];
            }
        }
        int last = tokens.length - 1; // rounding left the sum just below
        while (last > 0 && weights[last] == 0) {
            last--;
        }
        return tokens[last];
    }

    private static float[] penalised(float[] logits, BitSet seen, double penalty) {
        if (penalty == 1) {
            return logits;
        }
        float[] scores = logits.clone();
        seen.stream()
                .forEach(token -> scores[token] =
                        (float) (scores[token] > 0 ? scores[token] / penalty : scores[token] * penalty));
        return scores;
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalStateException(
                        "the model must give numbers as logits; its weights may be damaged. Received: NaN for token "
                                + i);
            }
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /** How many of {@code weights}, the largest first, together have at least {@code share} of their sum. */
    private static int nucleus(double[] weights, double share) {
        if (share == 1) {
            return weights.length;
        }
        double goal = share * Arrays.stream(weights).sum();
        double before = 0;
        int kept = 0;
        while (kept < weights.length && before < goal) {
            before += weights[kept++];
        }
        return kept;
    }

    /** Sorts pairs of score and number as longs: the bits of a float, turned so that larger scores come first. */
    private static int[] likeliestFirst(float[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(scores[i] + 0.0f); // no negative zero
            int ascending = bits ^ ((bits >> 31) & 0x7fffffff);
            keys[i] = ((long) ~ascending << 32) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private static int[] upTo(int end) {
        int[] numbers = new int[end];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
