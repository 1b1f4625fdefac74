package org.lungo.family.language;

import java.util.List;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;
import org.lungo.tensor.Check;

/**
 * A text that a {@link TextBatch} is to write.
 *
 * @param prompt the tokens that it continues, each of the model's vocabulary; may be empty
 * @param choice which of several continuations of the same prompt it is: with one seed, each has its own random numbers
 * @param likeliest the number of likeliest tokens that the listener gets with each token; below 0 it gets no probabilities
 */
public record TextRequest(
        List<Long> prompt, GenerationSettings settings, int choice, int likeliest, Listener listener) {
    public TextRequest {
        prompt = List.copyOf(prompt);
        Check.that(choice >= 0, "choice must be at least 0", choice);
    }

    /** Without probabilities. */
    public TextRequest(List<Long> prompt, GenerationSettings settings, int choice, Listener listener) {
        this(prompt, settings, choice, -1, listener);
    }

    /** Hears of the text while it is written, in the thread that writes. */
    public interface Listener {
        /** Whether somebody still waits for the text; else it is given up at the next token. */
        boolean isWanted();

        /** Whether the text is written; else its prompt is read alone. */
        default boolean wantsText() {
            return true;
        }

        /** A token was chosen, where probabilities are asked for; the text that it adds follows. */
        default void scored(TokenScore token) {}

        /** Whether the tokens of the prompt are to be scored too, where probabilities are asked for. */
        default boolean wantsPrompt() {
            return false;
        }

        /** A token of the prompt was scored, in order; the first has no probability: not a number. */
        default void prompted(TokenScore token) {}

        /** The next piece of whole characters. */
        void written(String piece);

        /** The first token is there. */
        void begun();

        /** Nothing more comes. */
        void ended(Written text);
    }
}
