package org.lungo.experiment.config;

import java.util.List;
import java.util.Map;
import org.lungo.data.Source;
import org.lungo.experiment.track.Track;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A config with every value filled in.
 *
 * @param track where the training is shown; no result depends on it
 * @param tree all values by key
 * @param origins for each dotted path where its value comes from: {@code line 7}, {@code --seed}, else {@code default}
 * @param places of the keys in the file
 * @param notes which keys are no longer read, and what to use instead
 * @param file what such a config may say
 */
public record Resolved<T>(
        T value,
        Track track,
        ObjectNode tree,
        Map<String, String> origins,
        Places places,
        List<String> notes,
        ConfigFile<T> file) {
    private static final String DEFAULT = "default";
    private static final String VERSION = "version ";

    public Resolved {
        notes = List.copyOf(notes);
    }

    /** The values that the results depend on: all but {@code track}. */
    public ObjectNode essence() {
        return Shared.without(tree);
    }

    /** The same by dotted path, without passwords. */
    public Map<String, String> essentials() {
        Map<String, String> values = ConfigFile.values("", ConfigFile.toYaml(essence()));
        values.replaceAll((path, value) -> Source.withoutSecrets(value));
        return values;
    }

    /**
     * Whether a config that was written out, perhaps by an earlier version with other keys, says the same; {@code track} may
     * differ.
     */
    public boolean isSaidBy(String yaml) {
        try {
            return file.read("", yaml, List.of()).essence().equals(essence());
        } catch (ConfigException e) {
            return false;
        }
    }

    /**
     * An error in the value at {@code path} that only showed later, when the data was known.
     *
     * @param path dotted, such as {@code train.loss.type}
     */
    public ConfigError error(String path, String code, String message) {
        String origin = origins.getOrDefault(path, "");
        return Places.inFile(origin)
                ? places.error(path, code, message)
                : new ConfigError(origin, 0, code, message, "", 0);
    }

    /** One line per value: its path, the value, and where it comes from; without passwords. */
    public String listing() {
        return listing(Map.of());
    }

    /** The same with what was found for nulls, by path: {@code inferred: 3 classes}. */
    public String listing(Map<String, Inferred> inferred) {
        StringBuilder lines = new StringBuilder();
        list("", tree, inferred, lines);
        return lines.toString();
    }

    /**
     * The same without the defaults: a line for each value that was set or found.
     *
     * @param maxLines the maximum number of lines; of more values, their number is said
     */
    public String listing(Map<String, Inferred> inferred, int maxLines) {
        List<String> lines = listing(inferred)
                .lines()
                .filter(line -> !line.endsWith(" " + DEFAULT) && !line.startsWith(VERSION) && !line.contains(" [] "))
                .toList();
        StringBuilder some = new StringBuilder();
        lines.stream().limit(maxLines).forEach(line -> some.append(line).append(System.lineSeparator()));
        if (lines.size() > maxLines) {
            some.append("and ").append(lines.size() - maxLines).append(" more").append(System.lineSeparator());
        }
        return some.toString();
    }

    private void list(String path, JsonNode node, Map<String, Inferred> inferred, StringBuilder lines) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(child -> list(
                            path.isEmpty() ? child.getKey() : path + "." + child.getKey(),
                            child.getValue(),
                            inferred,
                            lines));
            return;
        }
        String value = node.isString() ? node.asString() : node.toString();
        String origin = origins.getOrDefault(path, DEFAULT);
        Inferred found = inferred.get(path);
        if (found != null && node.isNull()) {
            value = found.value();
            origin = "inferred: " + found.from();
        }
        lines.append(Source.withoutSecrets(String.format("%-32s %-32s %s%n", path, value, origin)));
    }
}
