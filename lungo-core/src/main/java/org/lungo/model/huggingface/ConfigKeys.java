package org.lungo.model.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The keys of a JSON object. Problems are collected, and a key that nobody asked for is one. */
final class ConfigKeys {
    private static final long MAX_BYTES = 64_000_000;
    private static final String UNKNOWN = "' is not supported, got ";
    private static final int MAX_SHOWN = 100;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String place;
    private final JsonNode root;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    private ConfigKeys(String place, JsonNode root, List<String> problems) {
        this.place = place;
        this.root = root;
        this.problems = problems;
    }

    static ConfigKeys read(Path file) throws IOException {
        return new ConfigKeys("", json(file), new ArrayList<>());
    }

    /** The object in {@code file}. */
    static JsonNode json(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new CorruptFileException(
                    file + " is too large: expected at most " + MAX_BYTES + " bytes. Received: " + Files.size(file));
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root != null && root.isObject()) {
                return root;
            }
            throw new CorruptFileException(file + " is damaged: expected a JSON object. Received: another value");
        } catch (JacksonException e) {
            throw new CorruptFileException(
                    file + " is damaged: expected a JSON object. Received: " + e.getOriginalMessage());
        }
    }

    boolean has(String key) {
        return root.has(key) && !root.get(key).isNull();
    }

    /** A whole number of at least 1, or 1 with a problem. */
    int count(String key) {
        JsonNode node = node(key);
        boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.asInt() >= 1;
        return fits(key, fits, "a whole number of at least 1", node) ? node.asInt() : 1;
    }

    int count(String key, int fallback) {
        known.add(key);
        return has(key) ? count(key) : fallback;
    }

    double number(String key, double fallback) {
        known.add(key);
        if (!has(key)) {
            return fallback;
        }
        JsonNode node = node(key);
        return fits(key, node.isNumber(), "a number", node) ? node.asDouble() : fallback;
    }

    boolean flag(String key, boolean fallback) {
        known.add(key);
        if (!has(key)) {
            return fallback;
        }
        JsonNode node = node(key);
        return fits(key, node.isBoolean(), "true or false", node) && node.asBoolean();
    }

    /** A key that, where it stands, must have one of the values that we support. */
    void supports(String key, Object... values) {
        known.add(key);
        if (has(key)) {
            List<String> allowed =
                    List.of(values).stream().map(JSON::writeValueAsString).toList();
            Predicate<JsonNode> same = node -> allowed.contains(node.toString())
                    || List.of(values).stream()
                            .anyMatch(value -> value instanceof Number number
                                    && node.isNumber()
                                    && number.doubleValue() == node.asDouble());
            fits(key, same.test(node(key)), "one of " + allowed + " (nothing else is supported)", node(key));
        }
    }

    /** As {@link #supports}, unless somebody asked for the key already. */
    void supportsUnlessKnown(String key, Object value) {
        if (!known.contains(key)) {
            supports(key, value);
        }
    }

    /** The object under {@code key}; its problems count as ours. Call {@link #closed} on it. */
    ConfigKeys object(String key) {
        JsonNode node = node(key);
        fits(key, node.isObject(), "an object", node);
        return new ConfigKeys(place + key + ".", node, problems);
    }

    /** The word under {@code key}, or {@code fallback}. */
    String text(String key, String fallback) {
        known.add(key);
        if (!has(key)) {
            return fallback;
        }
        JsonNode node = node(key);
        return fits(key, node.isString(), "a text", node) ? node.asString() : fallback;
    }

    /** The words listed under {@code key}. */
    List<String> words(String key) {
        JsonNode node = node(key);
        boolean fits = node.isArray() && node.values().stream().allMatch(JsonNode::isString);
        return fits(key, fits, "a list of names", node)
                ? node.values().stream().map(JsonNode::asString).toList()
                : List.of();
    }

    /** Keys that change nothing of what the network computes. */
    ConfigKeys ignoring(Collection<String> keys) {
        known.addAll(keys);
        return this;
    }

    /** As {@link #ignoring(Collection)}, of every key whose whole name matches. */
    ConfigKeys ignoring(Pattern names) {
        root.propertyNames().stream()
                .filter(name -> names.matcher(name).matches())
                .forEach(known::add);
        return this;
    }

    void problem(String key, String expected) {
        problems.add("'" + place + key + "' must be " + expected + ", got " + root.path(key));
    }

    /** Makes a problem of every key that has a value and was not asked for. */
    void closed() {
        Set<String> names = new TreeSet<>(root.propertyNames());
        names.removeAll(known);
        names.removeIf(name -> !has(name));
        names.forEach(name -> problems.add("'" + place + name + UNKNOWN + shown(name)));
    }

    private String shown(String name) {
        String value = root.get(name).toString();
        return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
    }

    /** Throws when there was a problem; the message lists all. */
    void finish(Path file) {
        closed();
        if (!problems.isEmpty()) {
            String unknown = problems.stream().anyMatch(problem -> problem.contains(UNKNOWN))
                    ? "; a key that changes nothing of what the model computes can be removed from the file"
                    : "";
            throw new IllegalArgumentException(file + " must describe a model that we support. Received: "
                    + String.join("; ", problems) + unknown);
        }
    }

    private JsonNode node(String key) {
        known.add(key);
        return root.has(key) ? root.get(key) : MissingNode.getInstance();
    }

    private boolean fits(String key, boolean fits, String expected, JsonNode node) {
        if (!fits) {
            problems.add("'" + place + key + "' must be " + expected
                    + (node.isMissingNode() ? ", but is missing" : ", got " + node));
        }
        return fits;
    }
}
