package org.lungo.model.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What {@code generation_config.json} says of the tokens of a model and of how they are drawn. What it does not say of tokens
 * stands in {@code config.json}. Names: transformers, generation/configuration_utils.py.
 *
 * @param ends the tokens that end a text
 * @param begin the token before a text, or null
 * @param padding the token that fills short texts of a batch, or null
 * @param sampling of {@code temperature}, {@code top_k}, {@code top_p}, {@code min_p} and {@code repetition_penalty} those that
 *     have a value; empty unless {@code do_sample} is true
 */
public record GenerationConfig(
        List<Long> ends, @Nullable Long begin, @Nullable Long padding, Map<String, Double> sampling) {
    /** The file. */
    public static final String FILE = "generation_config.json";

    /** Says nothing. */
    public static final GenerationConfig NONE = new GenerationConfig(List.of(), null, null, Map.of());

    private static final List<String> SAMPLING =
            List.of("temperature", "top_k", "top_p", "min_p", "repetition_penalty");

    private static final String DRAWN = "do_sample";
    private static final String BEGIN = "bos_token_id";
    private static final String END = "eos_token_id";
    private static final String PADDING = "pad_token_id";

    public GenerationConfig {
        ends = List.copyOf(ends);
        sampling = Map.copyOf(sampling);
    }

    /**
     * Reads it in a model's folder.
     *
     * @throws IllegalArgumentException when a value is of the wrong type
     * @throws org.lungo.tensor.CorruptFileException when a file is no JSON
     */
    public static GenerationConfig read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        JsonNode own = Files.isRegularFile(file) ? ConfigKeys.json(file) : JsonNodeFactory.instance.objectNode();
        JsonNode config = ConfigKeys.json(folder.resolve(HuggingFace.CONFIG));
        List<Long> ends = ids(own, END, FILE);
        List<Long> begin = ids(own, BEGIN, FILE);
        List<Long> padding = ids(own, PADDING, FILE);
        return new GenerationConfig(
                ends.isEmpty() ? ids(config, END, HuggingFace.CONFIG) : ends,
                first(begin.isEmpty() ? ids(config, BEGIN, HuggingFace.CONFIG) : begin),
                first(padding.isEmpty() ? ids(config, PADDING, HuggingFace.CONFIG) : padding),
                sampling(own));
    }

    private static @Nullable Long first(List<Long> ids) {
        return ids.isEmpty() ? null : ids.get(0);
    }

    private static List<Long> ids(JsonNode root, String key, String file) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<JsonNode> nodes = node.isArray() ? List.copyOf(node.values()) : List.of(node);
        Check.that(
                nodes.stream().allMatch(id -> id.isIntegralNumber() && id.canConvertToInt()),
                "'" + key + "' in " + file + " must be a number or a list of numbers",
                node);
        return nodes.stream().map(JsonNode::asLong).toList();
    }

    private static Map<String, Double> sampling(JsonNode root) {
        JsonNode drawn = root.path(DRAWN);
        Map<String, Double> values = new LinkedHashMap<>();
        for (String key : drawn.isBoolean() && drawn.asBoolean() ? SAMPLING : List.<String>of()) {
            JsonNode value = root.path(key);
            if (!value.isMissingNode() && !value.isNull()) {
                Check.that(value.isNumber(), "'" + key + "' in " + FILE + " must be a number", value);
                values.put(key, value.asDouble());
            }
        }
        return values;
    }

    /** The keys of tokens, as they stand in {@code config.json} too. */
    Map<String, Object> tokens() {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (begin != null) {
            keys.put(BEGIN, begin);
        }
        if (!ends.isEmpty()) {
            keys.put(END, ends.size() == 1 ? ends.get(0) : ends);
        }
        if (padding != null) {
            keys.put(PADDING, padding);
        }
        return keys;
    }

    /** Writes {@link #FILE} into a model's folder. */
    public void write(Path folder) throws IOException {
        Map<String, Object> keys = tokens();
        if (!sampling.isEmpty()) {
            keys.put(DRAWN, true);
        }
        for (String key : SAMPLING) {
            Double value = sampling.get(key);
            if (value != null) {
                keys.put(key, key.equals("top_k") ? (Object) value.intValue() : value);
            }
        }
        Files.writeString(
                folder.resolve(FILE),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(keys));
    }
}
