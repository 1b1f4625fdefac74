package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a model is served. It is kept with the model; who starts the server may overrule it. */
public record ServeConfig(
        @JsonPropertyDescription("The maximum number of rows in one pass of the model; 1 answers each request alone.")
        int maxBatch,

        @JsonPropertyDescription("Milliseconds that a pass waits for requests that are still being read.")
        int maxDelayMs,

        @JsonPropertyDescription("The maximum number of waiting requests; further requests are refused at once.")
        int queue,

        @JsonPropertyDescription("Milliseconds after which an unanswered request is given up.")
        int deadlineMs,

        @JsonPropertyDescription(
                "Origins of web pages that may ask the model, such as https://app.example.com; none by default.")
        List<String> allowOrigin) {
    /** The values of docs/serving.md. */
    public static final ServeConfig DEFAULTS = new ServeConfig(32, 2, 256, 30_000);

    /** The file in a model folder. */
    public static final String FILE = "serve.json";

    /** What every family's file had before these were keys of language models alone. */
    private static final Set<String> DROPPED = Set.of("max_texts", "precision");

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public ServeConfig {
        Check.positive("max_batch", maxBatch);
        Check.notNegative("max_delay_ms", maxDelayMs);
        Check.positive("queue", queue);
        Check.positive("deadline_ms", deadlineMs);
        allowOrigin = List.copyOf(allowOrigin);
        allowOrigin.forEach(Origin::parse);
    }

    /** The same for no web page but the server's own. */
    public ServeConfig(int maxBatch, int maxDelayMs, int queue, int deadlineMs) {
        this(maxBatch, maxDelayMs, queue, deadlineMs, List.of());
    }

    /** Whose web pages may ask the model. */
    public Set<Origin> origins() {
        return allowOrigin.stream().map(Origin::parse).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What a model folder says.
     *
     * @param options the values of the keys that the model's family has more, in words
     */
    public record Stored(ServeConfig config, Map<String, String> options) {}

    /** Writes it into a model folder. */
    public void save(Path folder) throws IOException {
        save(folder, this);
    }

    /**
     * Writes what a family keeps into a model folder.
     *
     * @param values a record with these keys and its own
     */
    public static void save(Path folder, Object values) throws IOException {
        Files.writeString(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n");
    }

    /** What {@link #save} wrote; the defaults where a model has no such file, or it lacks what it did not know. */
    public static ServeConfig load(Path folder) throws IOException {
        return load(folder, Set.of()).config();
    }

    /**
     * The same of a family that has keys of its own.
     *
     * @throws CorruptFileException when the file cannot be read, or has a key that nobody knows
     */
    public static Stored load(Path folder, Set<String> own) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new Stored(DEFAULTS, Map.of());
        }
        ObjectNode values = JSON.valueToTree(DEFAULTS);
        Map<String, String> options = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry :
                    JSON.readValue(Files.readString(file), ObjectNode.class).properties()) {
                String key = snakeCase(entry.getKey());
                if (values.has(key)) {
                    values.set(key, entry.getValue());
                } else if (own.contains(key)) {
                    if (!entry.getValue().isNull()) {
                        options.put(key, entry.getValue().asString());
                    }
                } else if (!DROPPED.contains(key)) {
                    throw unknown(file, entry.getKey(), values, own);
                }
            }
            return new Stored(JSON.treeToValue(values, ServeConfig.class), options);
        } catch (JacksonException e) {
            String reason =
                    e.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : e.getMessage();
            throw new CorruptFileException(file + " cannot be read: " + reason);
        }
    }

    private static CorruptFileException unknown(Path file, String key, ObjectNode values, Set<String> own) {
        Set<String> known = new TreeSet<>(own);
        values.propertyNames().forEach(known::add);
        return new CorruptFileException(
                file + " has the unknown key '" + key + "'; known are " + String.join(", ", known));
    }

    /** Files written before had {@code maxBatch}. */
    private static String snakeCase(String key) {
        return key.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
