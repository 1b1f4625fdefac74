package org.lungo.family.translation;

import org.jspecify.annotations.Nullable;

/**
 * A text as far as it is written.
 *
 * @param before the text without its last token; null for one of no tokens
 * @param token the last token
 * @param length the number of tokens
 * @param logProbability of all of them, in nats
 */
record Hypothesis(@Nullable Hypothesis before, int token, int length, double logProbability) {
    /** Nothing is written yet; {@code start} stands before. */
    static Hypothesis begun(int start) {
        return new Hypothesis(null, start, 0, 0);
    }

    Hypothesis with(int next, double total) {
        return new Hypothesis(this, next, length + 1, total);
    }

    /** The tokens in order, without the one that stands before. */
    int[] tokens() {
        int[] tokens = new int[length];
        Hypothesis at = this;
        for (int i = length - 1; i >= 0; i--) {
            tokens[i] = at.token;
            at = java.util.Objects.requireNonNull(at.before);
        }
        return tokens;
    }

    /** What hypotheses of different lengths are compared by, see {@link #penalty}. */
    double score(double alpha) {
        return logProbability / penalty(length, alpha);
    }

    /** {@code ((5 + length) / 6)^alpha}. Wu et al. 2016, arXiv:1609.08144, equation 14, without the coverage. */
    static double penalty(int length, double alpha) {
        return Math.pow((5 + length) / 6.0, alpha);
    }
}
