package org.lungo.experiment.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a config: the file's values over the defaults, {@code --set} over both. Closed: a key that the defaults do not
 * have is an error, everywhere but in the maps that are named open. All errors are reported at once.
 *
 * @param defaults a complete config; it says which keys there are and of which type
 * @param open the paths of maps with free keys, each with the value of a key that says nothing
 * @param shorthands for a path the key that a plain value in its place stands for; for a path with {@code []} a list;
 *     {@code .*} stands for any key of an open map
 */
public record ConfigFile<T>(T defaults, Map<String, Object> open, Map<String, String> shorthands) {
    /** Keys in snake case; the records validate themselves. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * Resolves the config in {@code text}.
     *
     * @param name of the file, for messages
     * @param sets values from the command line, {@code train.epochs=3}
     * @throws ConfigException with all errors
     */
    public Resolved<T> read(String name, String text, List<String> sets) {
        return resolve(name, text, sets.stream().map(Setting::of).toList());
    }

    /**
     * The same with values that know where they come from; of two for one key the later one counts.
     *
     * @throws ConfigException with all errors
     */
    public Resolved<T> resolve(String name, String text, List<Setting> settings) {
        YamlTree yaml = YamlTree.parse(name, text);
        Reading reading = new Reading(name, text.lines().toList(), yaml.places());
        ObjectNode tree = JSON.valueToTree(defaults);
        if (yaml.root() instanceof ObjectNode object) {
            reading.merge("", object, tree);
        } else {
            reading.error("", "E204", "a config must be a list of keys and values. Received: " + yaml.root());
        }
        for (Setting setting : settings) {
            reading.set(setting, tree);
        }
        return reading.bind(tree);
    }

    /** The JSON Schema (2020-12) of such a file, as text: with it, editors complete keys and mark errors. */
    public String schema(String title) {
        return ConfigSchema.text(ConfigSchema.of(title, this));
    }

    /** A page in Markdown with every key, its type, its default and what it means, after {@code introduction}. */
    public String reference(String introduction) {
        return ConfigReference.of(introduction, this);
    }

    /** The values as YAML that can be read again. */
    public static String toYaml(JsonNode tree) {
        return YAML.writeValueAsString(tree);
    }

    /** One reading: collects errors and origins. */
    private final class Reading {
        private final Places located;
        private final List<ConfigKey> keys = ConfigKey.of(defaults);
        private final Map<String, String> origins = new HashMap<>();
        private final List<ConfigError> errors = new ArrayList<>();
        private @Nullable String flag;

        Reading(String name, List<String> lines, Map<String, Mark> places) {
            this.located = new Places(name, lines, places);
        }

        void merge(String path, ObjectNode from, ObjectNode into) {
            for (Map.Entry<String, JsonNode> entry : from.properties()) {
                String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                if (open.containsKey(path)) {
                    if (!into.has(entry.getKey())) {
                        into.set(entry.getKey(), JSON.valueToTree(open.get(path)));
                    }
                    value(at, entry.getValue(), into, entry.getKey(), path + ".*");
                } else if (!into.has(entry.getKey())) {
                    List<String> known =
                            into.properties().stream().map(Map.Entry::getKey).toList();
                    String where = path.isEmpty() ? "" : " in '" + path + "'";
                    error(
                            at,
                            "E203",
                            "unknown key '" + entry.getKey() + "'" + where
                                    + (Suggestion.of(entry.getKey(), known).isEmpty()
                                            ? "; known are " + String.join(", ", known)
                                            : Suggestion.of(entry.getKey(), known)));
                } else {
                    value(at, entry.getValue(), into, entry.getKey(), at);
                }
            }
        }

        private void value(String at, JsonNode value, ObjectNode into, String key, String pattern) {
            JsonNode current = into.get(key);
            String shorthand = shorthands.get(value.isArray() ? pattern + "[]" : pattern);
            if (current instanceof ObjectNode object && value instanceof ObjectNode given) {
                merge(at, given, object);
            } else if (current instanceof ObjectNode object
                    && shorthand != null
                    && fits(object.get(shorthand), value)) {
                object.set(shorthand, value);
                origin(at + "." + shorthand);
            } else if (!fits(current, value)) {
                error(at, "E204", "'" + at + "' must be " + kind(current) + ". Received: " + value);
            } else if (value.isArray() && !ConfigKey.itemsFit(keys, at, value)) {
                String items = ConfigKey.items(keys, at);
                error(at, "E204", "'" + at + "' must be a list of " + items + ". Received: " + value);
            } else {
                into.set(key, value);
                origin(at);
            }
        }

        void set(Setting setting, ObjectNode tree) {
            flag = setting.origin();
            String text = setting.text();
            int equals = text.indexOf('=');
            if (equals < 1 || text.substring(equals + 1).isBlank()) {
                error("", "E202", "expected key=value. Received: '" + text + "'");
                return;
            }
            String[] keys = text.substring(0, equals).strip().split("\\.");
            ObjectNode root = JSON.createObjectNode();
            ObjectNode at = root;
            for (int i = 0; i + 1 < keys.length; i++) {
                at = at.putObject(keys[i]);
            }
            at.set(
                    keys[keys.length - 1],
                    YamlTree.parse(flag, text.substring(equals + 1)).root());
            merge("", root, tree);
            flag = null;
        }

        @SuppressWarnings("unchecked")
        Resolved<T> bind(ObjectNode tree) {
            if (errors.isEmpty()) {
                try {
                    T value = (T) JSON.treeToValue(tree, defaults.getClass());
                    return new Resolved<>(value, JSON.valueToTree(value), origins, located);
                } catch (JacksonException e) {
                    String path = String.join(
                            ".",
                            e.getPath().stream()
                                    .map(JacksonException.Reference::getPropertyName)
                                    .filter(property -> property != null)
                                    .toList());
                    @Nullable Throwable cause = e.getCause();
                    String message = cause instanceof IllegalArgumentException
                            ? String.valueOf(cause.getMessage())
                            : e.getOriginalMessage();
                    error(path, "E205", message);
                }
            }
            errors.sort(Comparator.comparingInt(ConfigError::line));
            throw new ConfigException(errors);
        }

        private void origin(String path) {
            origins.put(path, flag != null ? flag : located.line(path));
        }

        private void error(String path, String code, String message) {
            errors.add(
                    flag != null ? new ConfigError(flag, 0, code, message, "", 0) : located.error(path, code, message));
        }

        private boolean fits(JsonNode expected, JsonNode received) {
            if (expected.isNull() || received.isNull()) {
                return expected.isNull();
            }
            return expected.isIntegralNumber() && received.isIntegralNumber()
                    || expected.isFloatingPointNumber() && received.isNumber()
                    || expected.isBoolean() && received.isBoolean()
                    || expected.isString() && received.isValueNode()
                    || expected.isArray() && received.isArray();
        }

        private String kind(JsonNode expected) {
            if (expected.isIntegralNumber()) {
                return "a whole number";
            }
            if (expected.isFloatingPointNumber()) {
                return "a number";
            }
            if (expected.isBoolean()) {
                return "true or false";
            }
            if (expected.isArray()) {
                return "a list, such as " + expected;
            }
            return expected.isObject() ? "a section of keys" : "a text";
        }
    }
}
