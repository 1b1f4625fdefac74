package org.lungo.experiment.config;

import java.util.Map;
import org.lungo.data.Source;
import tools.jackson.databind.node.ObjectNode;

/**
 * A config with every value filled in.
 *
 * @param tree all values by key
 * @param origins for each dotted path where its value comes from: {@code line 7}, {@code --set}, else {@code default}
 * @param places of the keys in the file
 */
public record Resolved<T>(T value, ObjectNode tree, Map<String, String> origins, Places places) {
    /**
     * An error in the value at {@code path} that only showed later, when the data was known.
     *
     * @param path dotted, such as {@code train.loss.type}
     */
    public ConfigError error(String path, String code, String message) {
        String origin = origins.getOrDefault(path, "");
        return origin.startsWith("--set")
                ? new ConfigError(origin, 0, code, message, "", 0)
                : places.error(path, code, message);
    }

    /** One line per value: its path, the value, and where it comes from; without passwords. */
    public String listing() {
        StringBuilder lines = new StringBuilder();
        list("", tree, lines);
        return lines.toString();
    }

    private void list(String path, tools.jackson.databind.JsonNode node, StringBuilder lines) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(child -> list(
                            path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), lines));
            return;
        }
        String value = node.isString() ? node.asString() : node.toString();
        String line = String.format("%-32s %-32s %s%n", path, value, origins.getOrDefault(path, "default"));
        lines.append(Source.withoutSecrets(line));
    }
}
