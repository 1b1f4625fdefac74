package org.lungo.experiment.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML text as a JSON tree with the place of every key. Only plain data: own tags and unbounded aliases are refused.
 *
 * @param places by dotted path
 */
record YamlTree(JsonNode root, Map<String, Mark> places) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_ALIASES = 50;
    private static final int DEEPEST = 32;

    static YamlTree parse(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        Reading reading = new Reading(name, text.lines().toList());
        JsonNode root = JSON.objectNode();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            root = node.isEmpty() ? root : reading.convert(node.get(), "", 0);
        } catch (MarkedYamlEngineException e) {
            reading.error(e.getProblemMark().orElse(null), "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            reading.error(null, "not valid YAML: " + e.getMessage());
        }
        if (!reading.errors.isEmpty()) {
            throw new ConfigException(reading.errors);
        }
        return new YamlTree(root, reading.places);
    }

    /** One reading: collects places and errors. */
    private static final class Reading {
        private final String name;
        private final List<String> lines;
        private final Map<String, Mark> places = new HashMap<>();
        private final List<ConfigError> errors = new ArrayList<>();

        Reading(String name, List<String> lines) {
            this.name = name;
            this.lines = lines;
        }

        void error(@Nullable Mark mark, String message) {
            int line = mark == null ? 0 : mark.getLine();
            int column = mark == null ? 1 : mark.getColumn() + 1;
            String place = name + ":" + (line + 1) + ":" + column;
            errors.add(
                    new ConfigError(place, line, "E201", message, line < lines.size() ? lines.get(line) : "", column));
        }

        JsonNode convert(Node node, String path, int depth) {
            Mark mark = node.getStartMark().orElse(null);
            if (depth > DEEPEST) {
                error(mark, "a config must not be nested deeper than " + DEEPEST + " levels");
                return JSON.nullNode();
            }
            if (mark != null) {
                places.putIfAbsent(path, mark);
            }
            if (!PLAIN.contains(node.getTag())) {
                error(mark, "tags such as " + text(node.getTag()) + " are not allowed; write the plain value");
                return JSON.nullNode();
            }
            if (node instanceof ScalarNode scalar) {
                return scalar(scalar);
            }
            if (node instanceof SequenceNode sequence) {
                ArrayNode array = JSON.arrayNode();
                sequence.getValue().forEach(item -> array.add(convert(item, path + "." + array.size(), depth + 1)));
                return array;
            }
            return node instanceof MappingNode mapping ? object(mapping, path, depth) : JSON.nullNode();
        }

        private ObjectNode object(MappingNode mapping, String path, int depth) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                Mark mark = tuple.getKeyNode().getStartMark().orElse(null);
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                String at = path.isEmpty() ? key : path + "." + key;
                if (object.has(key)) {
                    error(mark, "the key '" + at + "' is written twice; keep one of the two");
                    continue;
                }
                if (mark != null) {
                    places.put(at, mark);
                }
                object.set(key, convert(tuple.getValueNode(), at, depth + 1));
            }
            return object;
        }

        private JsonNode scalar(ScalarNode scalar) {
            String value = scalar.getValue();
            Tag tag = scalar.getTag();
            try {
                if (tag.equals(Tag.INT)) {
                    return whole(value);
                }
                if (tag.equals(Tag.FLOAT)) {
                    return JSON.numberNode(real(value));
                }
            } catch (NumberFormatException e) {
                error(
                        scalar.getStartMark().orElse(null),
                        "expected a number after " + text(tag) + ". Received: " + value);
            }
            if (tag.equals(Tag.BOOL)) {
                return JSON.booleanNode(Boolean.parseBoolean(value));
            }
            return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.stringNode(value);
        }

        private static String text(Tag tag) {
            return tag.getValue().replaceFirst("^tag:yaml.org,2002:", "!!");
        }

        private static JsonNode whole(String value) {
            String digits = value.toLowerCase(Locale.ROOT);
            boolean hexadecimal = digits.startsWith("0x");
            boolean octal = digits.startsWith("0o");
            BigInteger number = hexadecimal || octal
                    ? new BigInteger(digits.substring(2), hexadecimal ? 16 : 8)
                    : new BigInteger(digits);
            return number.bitLength() < Long.SIZE ? JSON.numberNode(number.longValue()) : JSON.numberNode(number);
        }

        private static double real(String value) {
            String digits = value.toLowerCase(Locale.ROOT);
            if (digits.endsWith(".inf")) {
                return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            return digits.endsWith(".nan") ? Double.NaN : Double.parseDouble(value);
        }
    }
}
