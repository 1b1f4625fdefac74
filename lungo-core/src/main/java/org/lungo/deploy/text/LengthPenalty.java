package org.lungo.deploy.text;

import org.lungo.tensor.Check;

/** Lets texts of different lengths be compared: a text scores its log-probability divided by the penalty of its length. */
@FunctionalInterface
public interface LengthPenalty {
    /** The penalty of {@code length} tokens, above 0. It grows with the length, falls with it, or is the same for all. */
    double of(int length);

    /**
     * {@code length^exponent}, as {@code length_penalty} of Hugging Face's transformers (GenerationConfig). Above 0 longer
     * texts score higher, at 0 the log-probability alone counts, at 1 it is the mean of a token.
     *
     * @throws IllegalArgumentException when {@code exponent} is not finite
     */
    static LengthPenalty power(double exponent) {
        check(exponent);
        return length -> Math.pow(length, exponent);
    }

    /**
     * {@code ((5 + length) / 6)^alpha}. Wu et al. 2016, arXiv:1609.08144, equation 14, without the coverage.
     *
     * @throws IllegalArgumentException when {@code alpha} is not finite
     */
    static LengthPenalty wu(double alpha) {
        check(alpha);
        return length -> Math.pow((5 + length) / 6.0, alpha);
    }

    private static void check(double exponent) {
        Check.that(Double.isFinite(exponent), "length_penalty must be a number", exponent);
    }
}
