package org.lungo.experiment.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One key of a config, as its record component says it.
 *
 * @param path dotted
 * @param type of the value
 * @param nullable whether the value may be null
 * @param value the default
 * @param meaning from {@link JsonPropertyDescription}
 * @param keys of a section, in order; empty for a value
 */
record ConfigKey(String path, Type type, boolean nullable, JsonNode value, String meaning, List<ConfigKey> keys) {
    /** The keys of a whole config. */
    static List<ConfigKey> of(Object defaults) {
        return of("", defaults.getClass(), ConfigFile.JSON.valueToTree(defaults));
    }

    private static List<ConfigKey> of(String path, Class<?> section, JsonNode values) {
        List<ConfigKey> keys = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                keys.addAll(of(path, component.getType(), values)); // its keys stand beside the others
                continue;
            }
            String name = snakeCase(component.getName());
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode value = values.get(name);
            Class<?> type = component.getType();
            keys.add(new ConfigKey(
                    at,
                    component.getGenericType(),
                    component.getAccessor().getAnnotatedReturnType().isAnnotationPresent(Nullable.class),
                    value,
                    meaning(component),
                    type.isRecord() ? of(at, type, value) : List.of()));
        }
        return keys;
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
        return !keys.isEmpty();
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
