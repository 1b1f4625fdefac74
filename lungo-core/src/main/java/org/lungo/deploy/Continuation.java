package org.lungo.deploy;

import java.util.List;

/**
 * What a model wrote behind a prompt.
 *
 * @param tokens without the prompt and without the token that ended it
 * @param ending why it is no longer
 */
public record Continuation(List<Long> tokens, Ending ending) {
    public Continuation {
        tokens = List.copyOf(tokens);
    }

    /** Why a text ended. */
    public enum Ending {
        /** The model chose a stop token. */
        STOP,
        /** As many tokens as were asked for. */
        LENGTH,
        /** The model's context is full. */
        CONTEXT,
        /** The listener did not want more. */
        LISTENER
    }
}
