package org.lungo.experiment.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
 * have is an error, everywhere but in the maps that are named open. All errors are reported at once. The section
 * {@code track} belongs to every config, whatever the defaults.
 *
 * @param defaults a complete config; it says which keys there are and of which type
 * @param open the paths of maps with free keys, each with the value of a key that says nothing
 * @param shorthands for a path the key that a plain value in its place stands for; for a path with {@code []} a list;
 *     {@code .*} stands for any key of an open map
 * @param dropped the paths of keys that were there once: they are passed over with a note
 */
public record ConfigFile<T>(T defaults, Map<String, Object> open, Map<String, String> shorthands, Set<String> dropped) {
    /** A config that never had other keys. */
    public ConfigFile(T defaults, Map<String, Object> open, Map<String, String> shorthands) {
        this(defaults, open, shorthands, Set.of());
    }

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
        ObjectNode tree = Shared.NONE.joined(JSON.valueToTree(defaults));
        if (yaml.root() instanceof ObjectNode object) {
            reading.merge("", "", object, tree);
        } else {
            reading.error("", "E204", "a config must be a list of keys and values. Received: " + yaml.root());
        }
        for (Setting setting : settings) {
            reading.set(setting, tree);
        }
        return reading.bind(tree);
    }

    /** Whether the file in {@code text} has one of {@code values} at {@code path}, as far as it can be read at all. */
    public boolean has(String name, String text, String path, List<String> values) {
        String value = text(name, text, path);
        return value != null && values.contains(value);
    }

    /** The text at {@code path} of the file in {@code text}; null where there is none, or the file cannot be read at all. */
    public static @Nullable String text(String name, String text, String path) {
        try {
            JsonNode node = YamlTree.parse(name, text).root();
            for (String key : path.split("\\.")) {
                node = node.isString() ? node : node.path(key); // a plain value stands for the section's first key
            }
            return node.isString() ? node.asString() : null;
        } catch (ConfigException e) {
            return null; // whoever reads it says why
        }
    }

    /** Whether the file in {@code text} has the key {@code path}, as far as it can be read at all. */
    public static boolean has(String name, String text, String path) {
        try {
            JsonNode node = YamlTree.parse(name, text).root();
            for (String key : path.split("\\.")) {
                node = node.path(key);
            }
            return !node.isMissingNode() && !node.isNull();
        } catch (ConfigException e) {
            return false; // whoever reads it says why
        }
    }

    /**
     * The values of a file by their full keys, such as {@code train.epochs}, as they stand there.
     *
     * @throws ConfigException when it cannot be read
     */
    public static Map<String, String> values(String name, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        collect("", YamlTree.parse(name, text).root(), values);
        return values;
    }

    private static void collect(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(key -> collect((path.isEmpty() ? "" : path + ".") + key.getKey(), key.getValue(), values));
        } else {
            values.put(path, node.isString() ? node.asString() : node.toString());
        }
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
        private final Map<String, ConfigKey> keys = ConfigKey.byPath(defaults, Shared.NONE);
        private final Map<String, String> origins = new HashMap<>();
        private final List<ConfigError> errors = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private @Nullable String flag;

        Reading(String name, List<String> lines, Map<String, Mark> places) {
            this.located = new Places(name, lines, places);
        }

        /** @param pattern the path with {@code *} for the free keys of a map */
        void merge(String path, String pattern, ObjectNode from, ObjectNode into) {
            boolean free = open.containsKey(path);
            for (Map.Entry<String, JsonNode> entry : from.properties()) {
                String key = entry.getKey();
                int before = errors.size();
                boolean added = free && !into.has(key);
                if (added) {
                    into.set(key, JSON.valueToTree(open.get(path)));
                }
                if (into.has(key)) {
                    value(below(path, key), below(pattern, free ? "*" : key), entry.getValue(), into, key);
                } else if (dropped.contains(below(path, key))) {
                    drop(below(path, key));
                } else {
                    unknown(path, key, into);
                }
                if (added && errors.size() > before) {
                    into.remove(key); // what was refused is not looked at again
                }
            }
        }

        private void drop(String path) {
            notes.add((flag != null ? flag : located.error(path, "", "").place()) + ": " + path
                    + " is no longer read; leave it out, in the next version it is an error");
        }

        private void unknown(String path, String key, ObjectNode section) {
            List<String> known =
                    section.properties().stream().map(Map.Entry::getKey).toList();
            String suggestion = Suggestion.of(key, known);
            error(
                    below(path, key),
                    "E203",
                    "unknown key '" + key + "'" + (path.isEmpty() ? "" : " in '" + path + "'")
                            + (suggestion.isEmpty() ? "; known are " + String.join(", ", known) : suggestion));
        }

        private void value(String at, String pattern, JsonNode value, ObjectNode into, String key) {
            if (into.get(key) instanceof ObjectNode section) {
                String shorthand = shorthands.get(value.isArray() ? pattern + "[]" : pattern);
                if (value instanceof ObjectNode values) {
                    merge(at, pattern, values, section);
                } else if (shorthand != null && !value.isNull()) {
                    Type type = type(below(pattern, shorthand));
                    if (plain(at, type, false, value, section, shorthand)) {
                        origin(below(at, shorthand));
                    }
                } else {
                    error(ValueType.wrong(at, open.containsKey(at) ? "names and values" : "a section of keys", value));
                }
            } else if (plain(at, type(pattern), nullable(pattern), value, into, key)) {
                origin(at);
            }
        }

        private boolean nullable(String pattern) {
            ConfigKey key = keys.get(pattern);
            return key != null && key.nullable();
        }

        private Type type(String pattern) {
            ConfigKey key = keys.get(pattern);
            if (key != null) {
                return key.type();
            }
            ConfigKey map = Objects.requireNonNull(keys.get(pattern.substring(0, pattern.lastIndexOf('.'))));
            return ConfigKey.element((ParameterizedType) map.type());
        }

        /** Takes a value over when it has the type. */
        private boolean plain(String at, Type type, boolean nullable, JsonNode value, ObjectNode into, String key) {
            ConfigProblem problem = ValueType.problem(at, type, nullable, value);
            if (problem == null) {
                into.set(key, value);
                return true;
            }
            error(problem);
            return false;
        }

        void set(Setting setting, ObjectNode tree) {
            flag = setting.origin();
            String text = setting.text();
            int equals = text.indexOf('=');
            if (equals < 1 || text.substring(equals + 1).isBlank()) {
                error("", "E202", "expected key=value. Received: '" + text + "'");
            } else {
                try {
                    JsonNode value =
                            YamlTree.parse("", text.substring(equals + 1)).root();
                    ObjectNode root = JSON.createObjectNode();
                    List<String> path = path(text.substring(0, equals).strip());
                    ObjectNode at = root;
                    for (String key : path.subList(0, path.size() - 1)) {
                        at = at.putObject(key);
                    }
                    at.set(path.get(path.size() - 1), value);
                    merge("", "", root, tree);
                } catch (ConfigException e) {
                    e.errors().forEach(error -> error("", error.code(), error.message()));
                }
            }
            flag = null;
        }

        /** The keys of a dotted path; what stands in a map is one key, for the name of a column may have dots. */
        private List<String> path(String text) {
            for (Map.Entry<String, Object> map : open.entrySet()) {
                String before = map.getKey() + ".";
                if (text.startsWith(before)) {
                    List<String> path = new ArrayList<>(List.of(map.getKey().split("\\.")));
                    String name = text.substring(before.length());
                    int dot = name.lastIndexOf('.');
                    boolean inner = dot > 0 && JSON.valueToTree(map.getValue()).has(name.substring(dot + 1));
                    path.add(inner ? name.substring(0, dot) : name);
                    if (inner) {
                        path.add(name.substring(dot + 1));
                    }
                    return path;
                }
            }
            return List.of(text.split("\\.", -1));
        }

        @SuppressWarnings("unchecked")
        Resolved<T> bind(ObjectNode tree) {
            ObjectNode own = Shared.without(tree);
            ObjectNode shared = Shared.only(tree);
            try {
                if (errors.isEmpty()) {
                    T value = (T) JSON.treeToValue(own, defaults.getClass());
                    Shared common = JSON.treeToValue(shared, Shared.class);
                    ObjectNode all = common.joined(JSON.valueToTree(value));
                    return new Resolved<>(value, common.track(), all, origins, located, notes, ConfigFile.this);
                }
            } catch (JacksonException e) {
                // what follows finds all that is wrong
            }
            List<ConfigProblem> problems = new ArrayList<>(SectionBinder.problems(defaults, own, origins.keySet()));
            problems.addAll(SectionBinder.problems(Shared.NONE, shared, origins.keySet()));
            for (ConfigProblem problem : problems) {
                String origin = origins.getOrDefault(problem.path(), "");
                flag = Places.inFile(origin) ? null : origin;
                error(problem);
            }
            errors.sort(Comparator.comparingInt(ConfigError::line).thenComparingInt(ConfigError::column));
            throw new ConfigException(errors);
        }

        private void origin(String path) {
            origins.put(path, flag != null ? flag : located.line(path));
        }

        private void error(String path, String code, String message) {
            errors.add(
                    flag != null ? new ConfigError(flag, 0, code, message, "", 0) : located.error(path, code, message));
        }

        private void error(ConfigProblem problem) {
            error(problem.path(), problem.code(), problem.message());
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Where the values of {@code other} differ from the defaults, as {@code `key: value`}; its type is left out. */
    public String otherDefaults(T other) {
        Map<String, String> usual = new LinkedHashMap<>();
        Map<String, String> differing = new LinkedHashMap<>();
        flatten("", JSON.valueToTree(defaults), usual);
        flatten("", JSON.valueToTree(other), differing);
        return differing.entrySet().stream()
                .filter(value -> !value.getValue().equals(usual.get(value.getKey())))
                .filter(value -> !value.getKey().equals("model.type"))
                .map(value -> "`" + value.getKey() + ": " + value.getValue() + "`")
                .collect(Collectors.joining(", "));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into));
        } else {
            into.put(path, node.isString() ? node.asString() : node.toString());
        }
    }
}
