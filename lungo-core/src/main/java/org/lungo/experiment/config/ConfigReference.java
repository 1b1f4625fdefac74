package org.lungo.experiment.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A config's reference page in Markdown: every key with its type, its default and what it means. */
final class ConfigReference {
    private static final String HEAD = "\n| key | type | default | meaning |\n|---|---|---|---|\n";

    private final Map<String, String> shorthands;
    private final StringBuilder page = new StringBuilder();

    private ConfigReference(Map<String, String> shorthands) {
        this.shorthands = shorthands;
    }

    /** The page: {@code introduction}, then a table of the top level and one for each section. */
    static String of(String introduction, ConfigFile<?> file) {
        ConfigReference reference = new ConfigReference(file.shorthands());
        List<ConfigKey> keys = ConfigKey.of(file);
        reference.page.append(introduction).append("\n## Top level\n").append(HEAD);
        keys.forEach(reference::row);
        keys.stream().filter(key -> !key.keys().isEmpty()).forEach(reference::section);
        return reference.page.toString();
    }

    private void section(ConfigKey section) {
        page.append("\n## ").append(section.path()).append("\n\n").append(section.meaning());
        page.append(shorthand(section));
        page.append("\n").append(HEAD);
        section.keys().forEach(this::rows);
    }

    /** What is short for the section, as a sentence. */
    private String shorthand(ConfigKey section) {
        String path = section.isMap() ? section.path() + ".*" : section.path();
        String one = shorthands.get(path);
        String list = shorthands.get(path + "[]");
        return (one == null ? "" : String.format(" `%s: VALUE` is short for `%s: {%s: VALUE}`.", path, path, one))
                + (list == null
                        ? ""
                        : String.format(" `%s: [A, B]` is short for `%s: {%s: [A, B]}`.", path, path, list));
    }

    private void rows(ConfigKey key) {
        row(key);
        key.keys().forEach(this::rows);
    }

    private void row(ConfigKey key) {
        String type = key.isSection() ? "section" : type(key.type());
        String value = key.isSection() ? "" : "`" + plain(key.value()) + "`";
        String meaning = key.meaning() + (key.path().contains(".") ? shorthand(key) : "");
        page.append(String.format("| `%s` | %s | %s | %s |\n", key.path(), type, value, meaning));
    }

    /** A value as a person writes it: 0.0003 rather than 3.0E-4. */
    private static String plain(JsonNode value) {
        return value.isFloatingPointNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.toString();
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            String of = ConfigKey.element(generic) instanceof Class<?> each && each.isRecord()
                    ? "section"
                    : type(ConfigKey.element(generic));
            return generic.getRawType() == Map.class
                    ? "from name to " + of
                    : "list of " + of + (of.endsWith("number") ? "s" : "");
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return ConfigKey.names(plain).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        }
        if (plain == String.class) {
            return "text";
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return "true or false";
        }
        return plain == double.class || plain == Double.class ? "number" : "whole number";
    }
}
