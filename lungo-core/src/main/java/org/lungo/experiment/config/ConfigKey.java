package org.lungo.experiment.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One key of a config, as its record component says it.
 *
 * @param path dotted
 * @param type of the value
 * @param nullable whether the value may be null
 * @param value the default
 * @param meaning from {@link JsonPropertyDescription}
 * @param keys of a section, in order; of a map of sections those of each; empty for a value
 */
record ConfigKey(String path, Type type, boolean nullable, JsonNode value, String meaning, List<ConfigKey> keys) {

    /** The keys of a whole config. */
    static List<ConfigKey> of(Object defaults) {
        return of("", defaults.getClass(), ConfigFile.JSON.valueToTree(defaults));
    }

    /** The keys of a file: those of its own config and those that every config has. */
    static List<ConfigKey> of(ConfigFile<?> file) {
        List<ConfigKey> keys = new ArrayList<>(of(file.defaults()));
        keys.addAll(of(Shared.NONE));
        return keys;
    }

    /** The keys of a whole config and of all its sections by path; {@code .*} stands for any key of a map. */
    static Map<String, ConfigKey> byPath(Object... defaults) {
        Map<String, ConfigKey> all = new HashMap<>();
        for (Object part : defaults) {
            collect(of(part), all);
        }
        return all;
    }

    private static void collect(List<ConfigKey> keys, Map<String, ConfigKey> all) {
        keys.forEach(key -> {
            all.put(key.path(), key);
            collect(key.keys(), all);
        });
    }

    private static List<ConfigKey> of(String path, Class<?> section, JsonNode values) {
        List<ConfigKey> keys = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                keys.addAll(of(path, component.getType(), values)); // its keys stand among the others
                continue;
            }
            String name = snakeCase(component.getName());
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode value = values.has(name) ? values.get(name) : NullNode.getInstance();
            keys.add(new ConfigKey(
                    at,
                    component.getGenericType(),
                    component.getAccessor().getAnnotatedReturnType().isAnnotationPresent(Nullable.class),
                    value,
                    meaning(component),
                    inner(at, component, value)));
        }
        return keys;
    }

    private static List<ConfigKey> inner(String path, RecordComponent component, JsonNode value) {
        if (component.getType().isRecord()) {
            return of(path, component.getType(), value);
        }
        return component.getType() == Map.class
                        && element((ParameterizedType) component.getGenericType()) instanceof Class<?> each
                        && each.isRecord()
                ? of(path + ".*", each, ConfigFile.JSON.createObjectNode())
                : List.of();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String meaning(RecordComponent component) {
        JsonPropertyDescription description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
        if (description == null) {
            throw new IllegalStateException(
                    "the config key " + component.getDeclaringRecord().getSimpleName() + "." + component.getName()
                            + " must say what it means with @JsonPropertyDescription");
        }
        return description.value();
    }

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** True for a section of keys. */
    boolean isSection() {
        return !keys.isEmpty() && !isMap();
    }

    /** True for a map with free keys. */
    boolean isMap() {
        return type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
    }

    /** The names that stand for the constants of an enum in a config file. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ConfigFile.JSON.valueToTree(constant).asString())
                .toList();
    }

    /** The type of a list's items or of a map's values. */
    static Type element(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        return arguments[arguments.length - 1];
    }
}
