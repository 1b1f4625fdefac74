package org.lungo.deploy.serving;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance that a model cannot answer for. It alone is the caller's mistake; what else goes wrong is not. */
public final class BadInstanceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The message is for the caller: which instance, what was expected and what came. */
    public BadInstanceException(String message) {
        super(message, null, false, false);
    }

    /** What kind of value came, in words, as JSON has kinds: {@code a text}. */
    public static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof String ? "a text" : value instanceof Number ? "a number" : "a truth value";
    }
}
