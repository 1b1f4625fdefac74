package org.lungo.experiment.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the records of a config that cannot be made as a whole, section by section from the innermost outwards, to find
 * every value that one of them refuses. A refused value is found by putting its default in its place, and stays so, so that
 * what comes after it is looked at as well.
 */
final class SectionBinder {
    private final JsonNode defaults;
    private final ObjectNode tree;
    private final Collection<String> given;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private SectionBinder(JsonNode defaults, ObjectNode tree, Collection<String> given) {
        this.defaults = defaults;
        this.tree = tree;
        this.given = given;
    }

    /**
     * What the records refuse.
     *
     * @param given the dotted paths of the values that are not defaults
     */
    static List<ConfigProblem> problems(Object defaults, ObjectNode tree, Collection<String> given) {
        var binder = new SectionBinder(
                ConfigFile.JSON.valueToTree(defaults),
                tree.deepCopy(),
                given.stream().sorted().toList());
        binder.section("", defaults.getClass(), ConfigKey.of(defaults));
        return binder.problems;
    }

    private void section(String path, Class<?> type, List<ConfigKey> keys) {
        for (ConfigKey key : keys) {
            String at = path.isEmpty() ? key.name() : path + "." + key.name();
            if (key.isSection()) {
                section(at, (Class<?>) key.type(), key.keys());
            } else if (key.isMap() && !key.keys().isEmpty()) {
                Class<?> each = (Class<?>) ConfigKey.element((java.lang.reflect.ParameterizedType) key.type());
                List<String> names = new ArrayList<>();
                node(tree, at).properties().forEach(entry -> names.add(entry.getKey()));
                names.forEach(name -> section(at + "." + name, each, key.keys()));
            }
        }
        own(path, type);
    }

    /** What the record at {@code path} itself refuses. */
    private void own(String path, Class<?> type) {
        String refusal = refusal(tree, path, type);
        while (refusal != null) {
            String culprit = culprit(path, type, refusal);
            problems.add(new ConfigProblem(culprit == null ? path : culprit, "E205", refusal));
            if (culprit == null) {
                return;
            }
            reset(tree, culprit);
            refusal = refusal(tree, path, type);
        }
    }

    /** The first value without which the record can be made or complains about something else. */
    private @Nullable String culprit(String path, Class<?> type, String refusal) {
        for (String value : given) {
            if (path.isEmpty() || value.startsWith(path + ".")) {
                ObjectNode other = tree.deepCopy();
                reset(other, value);
                if (!other.equals(tree) && !refusal.equals(refusal(other, path, type))) {
                    return value;
                }
            }
        }
        return null;
    }

    /** Why no record can be made, or null. */
    private static @Nullable String refusal(ObjectNode tree, String path, Class<?> type) {
        try {
            ConfigFile.JSON.treeToValue(node(tree, path), type);
            return null;
        } catch (JacksonException e) {
            return e.getCause() instanceof IllegalArgumentException cause
                    ? String.valueOf(cause.getMessage())
                    : "'" + path + "' holds a value that does not fit";
        }
    }

    /** Puts the default in the place of a value; what has none is taken out. */
    private void reset(ObjectNode from, String path) {
        Slot slot = Slot.find(from, path);
        if (slot == null) {
            return;
        }
        Slot standard = Slot.find(defaults, path);
        if (standard == null) {
            slot.section().remove(slot.key());
        } else {
            slot.section().set(slot.key(), standard.value());
        }
    }

    private static JsonNode node(JsonNode from, String path) {
        Slot slot = Slot.find(from, path);
        return slot == null ? from : slot.value();
    }

    /** A key in its section. Names of columns may have dots, so that a path can be read in several ways. */
    private record Slot(ObjectNode section, String key) {
        static @Nullable Slot find(JsonNode from, String path) {
            if (!(from instanceof ObjectNode section)) {
                return null;
            }
            if (section.has(path)) {
                return new Slot(section, path);
            }
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                Slot inner = find(section.path(path.substring(0, dot)), path.substring(dot + 1));
                if (inner != null) {
                    return inner;
                }
            }
            return null;
        }

        JsonNode value() {
            return section.get(key);
        }
    }
}
