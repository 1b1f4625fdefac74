package org.lungo.tensor;

/** libtorch cannot be loaded here. The message says why and what to do. */
public final class EngineException extends RuntimeException {
    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
