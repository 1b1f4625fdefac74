package org.lungo.deploy.serving;

/** A model was asked for what models of its kind do not do. */
public final class WrongKindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The message is for the caller: what the model does not do, and what to ask instead. */
    public WrongKindException(String message) {
        super(message, null, false, false);
    }
}
