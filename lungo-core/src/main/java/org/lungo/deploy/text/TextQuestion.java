package org.lungo.deploy.text;

import java.util.List;
import org.lungo.tensor.Check;

/**
 * Texts that one request wants to be continued.
 *
 * @param prompts their tokens
 * @param choices how many continuations of each; the answers stand in the order of the prompts
 * @param likeliest the number of likeliest tokens to give with each token; below 0 no probabilities are given
 */
public record TextQuestion(
        List<List<Long>> prompts, int choices, GenerationSettings settings, int likeliest, Pieces pieces) {
    public TextQuestion {
        prompts = List.copyOf(prompts);
        Check.positive("choices", choices);
        Check.positive("prompts", prompts.size());
    }

    /** The number of answers. */
    public int answers() {
        return Math.multiplyExact(prompts.size(), choices);
    }

    /** Hears of the answers while they are written, in the model's thread, which must not have to wait. */
    public interface Pieces {
        /** Nobody listens. */
        Pieces NONE = new Pieces() {};

        /** Whether the caller is still there. */
        default boolean isWanted() {
            return true;
        }

        /** A token of an answer was chosen, where probabilities are asked for; the text that it adds follows. */
        default void scored(int answer, TokenScore token) {}

        /** Whether texts are written; else prompts are read, scored where that is wanted, and nothing is added to them. */
        default boolean wantsAnswers() {
            return true;
        }

        /** Whether the tokens of the prompts are to be scored too, where probabilities are asked for. */
        default boolean wantsPrompts() {
            return false;
        }

        /** A token of an answer's prompt was scored, in order; the first has no probability: not a number. */
        default void prompted(int answer, TokenScore token) {}

        /** The next piece of an answer. */
        default void written(int answer, String piece) {}

        /** An answer is complete. */
        default void ended(int answer, Written text) {}
    }
}
