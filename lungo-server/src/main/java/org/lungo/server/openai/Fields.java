package org.lungo.server.openai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.server.http.HttpFailure;

/** The fields of a request in OpenAI's form; null is as good as absent. Errors name the field. */
final class Fields {
    private final Map<String, @Nullable Object> object;

    Fields(Map<String, @Nullable Object> object) {
        this.object = object;
    }

    /** Refuses fields that are neither of {@code names} nor null. */
    void requireOnly(Set<String> names) {
        object.forEach((name, value) -> {
            if (value != null && !names.contains(name)) {
                throw bad(
                        name,
                        "unknown field '" + name + "'" + Suggestion.sentence(name, names) + " Fields: "
                                + String.join(", ", new TreeSet<>(names)));
            }
        });
    }

    boolean has(String name) {
        return object.get(name) != null;
    }

    @Nullable
    Object get(String name) {
        return object.get(name);
    }

    String text(String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw expected(name, "a text");
    }

    boolean isTrue(String name) {
        Object value = object.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw expected(name, "true or false");
    }

    /**
     * Refuses a field whose value is of another kind; absent ones are not looked at.
     *
     * @param kind of text, truth value or object
     */
    void requireKind(String name, Class<?> kind) {
        if (has(name) && !kind.isInstance(object.get(name))) {
            throw expected(
                    name, kind == String.class ? "a text" : kind == Boolean.class ? "true or false" : "an object");
        }
    }

    double number(String name, double absent, double min, double max) {
        Object value = object.get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        throw expected(name, "a number between " + min + " and " + max);
    }

    long integer(String name, long absent, long min, long max) {
        Object value = object.get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw expected(name, "a whole number between " + min + " and " + max);
    }

    /** A list, or null. */
    @Nullable
    List<?> list(String name) {
        Object value = object.get(name);
        if (value == null || value instanceof List) {
            return (List<?>) value;
        }
        throw expected(name, "a list");
    }

    /** The fields of an object within, none when it is absent. */
    @SuppressWarnings("unchecked") // JSON has no other maps
    Fields fields(String name) {
        Object value = object.get(name);
        if (value == null || value instanceof Map) {
            return new Fields(value == null ? Map.of() : (Map<String, @Nullable Object>) value);
        }
        throw expected(name, "an object");
    }

    HttpFailure expected(String name, String what) {
        Object value = object.get(name);
        String received = value instanceof Number || value instanceof Boolean
                ? value.toString()
                : BadInstanceException.kind(value);
        return bad(name, name + " must be " + what + ". Received: " + received);
    }

    static HttpFailure bad(String name, String message) {
        return HttpFailure.ofField(name, "invalid_value", message);
    }
}
