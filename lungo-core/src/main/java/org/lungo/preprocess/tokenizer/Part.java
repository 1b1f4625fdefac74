package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.databind.JsonNode;

/**
 * An object of a tokenizer's JSON and where it stands; every question about it either has an answer or ends with a
 * {@link CorruptFileException} that names the place.
 */
record Part(String source, String path, JsonNode node) {
    static Part of(String source, String path, JsonNode node) {
        Part part = new Part(source, path, node);
        part.require(node.isObject(), "an object", node);
        return part;
    }

    /** The object under {@code key}; null when it is missing or null. */
    @Nullable
    Part child(String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : of(source, path + "." + key, value);
    }

    /** The objects of the list under {@code key}; none when it is missing or null. */
    List<Part> children(String key) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode value : list(key)) {
            parts.add(of(source, path + "." + key + "[" + parts.size() + "]", value));
        }
        return parts;
    }

    /** The values of the list under {@code key}; none when it is missing or null. */
    List<JsonNode> list(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return List.of();
        }
        require(value.isArray(), key + " as a list", value);
        List<JsonNode> values = new ArrayList<>(value.size());
        value.forEach(values::add);
        return values;
    }

    String text(String key) {
        JsonNode value = node.get(key);
        require(value != null && value.isString(), key + " as a text", value);
        return value == null ? "" : value.asString();
    }

    @Nullable
    String textOrNull(String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : text(key);
    }

    String oneOf(String key, Set<String> names) {
        String value = text(key);
        require(
                names.contains(value),
                key + " as one of " + names.stream().sorted().toList(),
                value);
        return value;
    }

    boolean flag(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return false;
        }
        require(value.isBoolean(), key + " as true or false", value);
        return value.asBoolean();
    }

    int count(String key, int min, int max) {
        return count(key, node.get(key), min, max);
    }

    int count(String what, @Nullable JsonNode value, int min, int max) {
        boolean right = value != null && value.isIntegralNumber() && value.canConvertToInt();
        require(right, what + " as a whole number", value);
        int count = value == null ? 0 : value.asInt();
        require(count >= min && count <= max, what + " from " + min + " to " + max, count);
        return count;
    }

    void require(boolean condition, String expected, @Nullable Object received) {
        if (!condition) {
            String shown = String.valueOf(received);
            throw TokenizerFile.corrupt(
                    source, path + " with " + expected, shown.length() > 100 ? shown.substring(0, 100) + "..." : shown);
        }
    }
}
