package org.lungo.deploy.text;

import java.util.Arrays;
import java.util.Set;

/**
 * Chooses the tokens of the largest scores, in one pass over the vocabulary.
 *
 * @param count the maximum number of tokens to choose
 * @param without tokens that are never chosen
 */
record Likeliest(int count, Set<Integer> without) {
    /**
     * The likeliest tokens, the likeliest first, of equal ones the smaller first.
     *
     * @param scores [vocabulary], from the place {@code from} on
     * @param floor tokens that score less are not chosen
     */
    int[] of(float[] scores, int from, int vocabulary, float floor) {
        int[] best = new int[Math.min(count, vocabulary)];
        int found = 0;
        int token = 0;
        for (; token < vocabulary && found < best.length; token++) {
            if (!(scores[from + token] < floor) && !without.contains(token)) {
                insert(scores, from, best, found++, token);
            }
        }
        if (token < vocabulary && found > 0) {
            replace(scores, from, vocabulary, best, token);
        }
        return Arrays.copyOf(best, found);
    }

    /** Looks at the rest of the vocabulary once there are as many as are wanted. */
    private void replace(float[] scores, int from, int vocabulary, int[] best, int next) {
        int last = best.length - 1;
        float least = scores[from + best[last]];
        for (int token = next; token < vocabulary; token++) {
            if (scores[from + token] > least && !without.contains(token)) {
                insert(scores, from, best, last, token);
                least = scores[from + best[last]];
            }
        }
    }

    /** Puts a token before those that score less, which move up to the place {@code last}. */
    private static void insert(float[] scores, int from, int[] best, int last, int token) {
        int at = last;
        while (at > 0 && scores[from + best[at - 1]] < scores[from + token]) {
            best[at] = best[--at];
        }
        best[at] = token;
    }
}
