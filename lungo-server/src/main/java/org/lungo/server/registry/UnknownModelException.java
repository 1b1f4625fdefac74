package org.lungo.server.registry;

/** There is no such model, or not in this version. */
public final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownModelException(String message) {
        super(message, null, false, false);
    }
}
