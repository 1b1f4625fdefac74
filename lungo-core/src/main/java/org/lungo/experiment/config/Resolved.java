package org.lungo.experiment.config;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A config with every value filled in.
 *
 * @param tree all values by key
 * @param origins for each dotted path where its value comes from: {@code line 7}, {@code --set}, else {@code default}
 */
public record Resolved<T>(T value, ObjectNode tree, Map<String, String> origins) {
    /** One line per value: its path, the value, and where it comes from. */
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
        lines.append(String.format("%-32s %-32s %s%n", path, value, origins.getOrDefault(path, "default")));
    }
}
