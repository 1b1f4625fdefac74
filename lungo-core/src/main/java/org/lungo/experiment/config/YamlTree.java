package org.lungo.experiment.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML text as a JSON tree with the place of every key. Only plain data: own tags and unbounded aliases are refused.
 *
 * @param places by dotted path
 */
record YamlTree(JsonNode root, Map<String, Mark> places) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 32;

    static YamlTree parse(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(false)
                .build();
        Map<String, Mark> places = new HashMap<>();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            JsonNode root = node.isEmpty() ? JSON.objectNode() : convert(node.get(), "", 0, places);
            return new YamlTree(root, places);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            throw failure(
                    name,
                    text,
                    mark.map(Mark::getLine).orElse(0),
                    mark.map(Mark::getColumn).orElse(0),
                    e.getProblem());
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw failure(name, text, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    private static ConfigException failure(String name, String text, int line, int column, String problem) {
        List<String> lines = text.lines().toList();
        String source = line < lines.size() ? lines.get(line) : "";
        return new ConfigException(List.of(new ConfigError(
                name + ":" + (line + 1) + ":" + (column + 1),
                line,
                "E201",
                "not valid YAML: " + problem,
                source,
                column + 1)));
    }

    private static JsonNode convert(Node node, String path, int depth, Map<String, Mark> places) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested deeper than " + DEEPEST + " levels");
        }
        node.getStartMark().ifPresent(mark -> places.putIfAbsent(path, mark));
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (node instanceof SequenceNode sequence) {
            var array = JSON.arrayNode();
            int i = 0;
            for (Node item : sequence.getValue()) {
                array.add(convert(item, path + "." + i++, depth + 1, places));
            }
            return array;
        }
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            String at = path.isEmpty() ? key : path + "." + key;
            if (object.has(key)) {
                throw new IllegalArgumentException("the key '" + at + "' is written twice");
            }
            tuple.getKeyNode().getStartMark().ifPresent(mark -> places.put(at, mark));
            object.set(key, convert(tuple.getValueNode(), at, depth + 1, places));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return JSON.numberNode(Long.decode(value.startsWith("0o") ? "0" + value.substring(2) : value)
                    .longValue());
        }
        if (tag.equals(Tag.FLOAT)) {
            return JSON.numberNode(Double.parseDouble(value));
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (!tag.equals(Tag.STR)) {
            throw new IllegalArgumentException("tags are not allowed. Received: " + tag);
        }
        return JSON.stringNode(value);
    }
}
