package org.lungo.deploy.text;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text as far as a search has written it.
 *
 * @param before the text without its last token; null for one of no tokens
 * @param token the last token; of a text of no tokens, what the model reads before the first
 * @param length the number of tokens, a token that ended the text included
 * @param logProbability of all of them, in nats
 */
public record Hypothesis(@Nullable Hypothesis before, int token, int length, double logProbability, Stop stop) {
    /** The reasons for which a text ends. */
    public enum Stop {
        /** Nothing: the text continues, or the limit of its length cut it off. */
        NONE,
        /** Its last token, one of {@link BeamRules#ends}. */
        TOKEN,
        /** {@link BeamRules#complete}. */
        COMPLETE
    }

    /** A text of no tokens; the model reads {@code start} before the first. */
    static Hypothesis begun(int start) {
        return new Hypothesis(null, start, 0, 0, Stop.NONE);
    }

    /** One token longer; {@code total} is the log-probability with it. */
    Hypothesis with(int next, double total, Stop reason) {
        return new Hypothesis(this, next, length + 1, total, reason);
    }

    /** Whether the text ended by itself. */
    public boolean isStopped() {
        return stop != Stop.NONE;
    }

    /** The tokens in order, a token that ended the text included; [length]. */
    public int[] tokens() {
        int[] tokens = new int[length];
        Hypothesis at = this;
        for (int i = length - 1; i >= 0; i--) {
            tokens[i] = at.token;
            at = Objects.requireNonNull(at.before);
        }
        return tokens;
    }

    /** The tokens in order, without a token that ended the text. */
    public int[] written() {
        return stop == Stop.TOKEN ? Objects.requireNonNull(before).tokens() : tokens();
    }

    /**
     * What texts of different lengths are compared by: the log-probability divided by the penalty. A text that is complete
     * counts a token more than it has, as if an end token had followed.
     */
    public double score(LengthPenalty penalty) {
        return logProbability / penalty.of(stop == Stop.COMPLETE ? length + 1 : length);
    }
}
