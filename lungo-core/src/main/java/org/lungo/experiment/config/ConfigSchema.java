package org.lungo.experiment.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A config's JSON Schema (2020-12), with which editors complete keys and mark errors. It accepts all that
 * {@link ConfigFile} accepts; ranges and what values mean together are checked by the records alone.
 */
final class ConfigSchema {
    private static final List<String> SCALARS = List.of("string", "number", "boolean");

    private final Map<String, String> shorthands;

    private ConfigSchema(Map<String, String> shorthands) {
        this.shorthands = shorthands;
    }

    static ObjectNode of(String title, ConfigFile<?> file) {
        ObjectNode schema = ConfigFile.JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        new ConfigSchema(file.shorthands()).section(schema, ConfigKey.of(file));
        return schema;
    }

    private void section(ObjectNode schema, List<ConfigKey> keys) {
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        keys.forEach(key -> key(properties.putObject(key.name()), key));
    }

    private void key(ObjectNode schema, ConfigKey key) {
        schema.put("description", key.meaning());
        if (key.isSection()) {
            section(schema, key.path(), key.keys());
        } else if (!key.keys().isEmpty()) {
            schema.put("type", "object");
            section(schema.putObject("additionalProperties"), key.path() + ".*", key.keys());
            schema.set("default", key.value());
        } else {
            type(schema, key.type(), key.nullable());
            schema.set("default", key.value());
        }
    }

    /** A section, or what is short for it. */
    private void section(ObjectNode schema, String path, List<ConfigKey> keys) {
        String shorthand = shorthands.get(path);
        if (shorthand == null) {
            section(schema, keys);
            return;
        }
        ArrayNode either = schema.putArray("oneOf");
        String list = shorthands.get(path + "[]");
        keys.stream()
                .filter(inner -> inner.name().equals(shorthand) || inner.name().equals(list))
                .forEach(inner -> type(either.addObject().put("description", inner.meaning()), inner.type(), false));
        section(either.addObject(), keys);
    }

    private static void type(ObjectNode schema, Type type, boolean nullable) {
        if (type instanceof ParameterizedType generic) {
            boolean map = generic.getRawType() == Map.class;
            schema.put("type", map ? "object" : "array");
            type(schema.putObject(map ? "additionalProperties" : "items"), ConfigKey.element(generic), false);
            return;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            ArrayNode names = schema.putArray("enum");
            ConfigKey.names(plain).forEach(names::add);
            if (nullable) {
                names.addNull();
            }
            return;
        }
        List<String> types = types(plain);
        if (types.size() == 1 && !nullable) {
            schema.put("type", types.get(0));
            return;
        }
        ArrayNode several = schema.putArray("type");
        types.forEach(several::add);
        if (nullable) {
            several.add("null");
        }
    }

    /** A text may be written as a number or a truth value: a column can be named 2020. */
    private static List<String> types(Class<?> type) {
        if (type == String.class) {
            return SCALARS;
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of("boolean");
        }
        boolean whole = type == int.class || type == long.class || type == Integer.class || type == Long.class;
        return List.of(whole ? "integer" : "number");
    }

    /** The schema as text, indented, with a newline at its end. */
    static String text(JsonNode schema) {
        return ConfigFile.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(schema)
                        .replace("\r", "")
                + "\n";
    }
}
