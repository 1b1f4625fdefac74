package org.lungo.tensor;

/**
 * A native library, such as libtorch, cannot be loaded here or does not compute as it should. The message says why and what
 * to do.
 */
public final class EngineException extends RuntimeException {
    /** @param message the library, what is wrong with it, and what to do */
    public EngineException(String message) {
        super(message);
    }

    /** @param message the library, why it cannot be loaded, and what to do */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
