package org.lungo.server.registry;

/** A model was asked for what models of its kind do not do. */
public final class WrongKindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongKindException(String message) {
        super(message, null, false, false);
    }
}
