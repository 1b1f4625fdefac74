package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lungo.model.Precision;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a model is served. It is kept with the model; who starts the server may overrule it. */
public record ServeConfig(
        @JsonPropertyDescription(
                "The most rows that are answered in one pass of the model; 1 answers each request alone.")
        int maxBatch,

        @JsonPropertyDescription("Milliseconds that a pass waits for requests that are just being read.")
        int maxDelayMs,

        @JsonPropertyDescription("The most requests that wait; more are refused at once.")
        int queue,

        @JsonPropertyDescription("Milliseconds after which a request that was not answered is given up.")
        int deadlineMs,

        @JsonPropertyDescription("The most texts that a language model writes at once; more wait. Tables have none.")
        int maxTexts,

        @JsonPropertyDescription("How the weights of a language model are held: fp32, bf16, int8 or int4; null keeps"
                + " them as they are stored. Tables have no use for it.")
        @Nullable
        Precision precision) {
    private static final int TEXTS = 32;

    /** The values of docs/serving.md. */
    public static final ServeConfig DEFAULTS = new ServeConfig(32, 2, 256, 30_000, TEXTS, null);

    /** The file in a model folder. */
    static final String FILE = "serve.json";

    private static final JsonMapper JSON = new JsonMapper();

    public ServeConfig {
        Check.positive("max_batch", maxBatch);
        Check.notNegative("max_delay_ms", maxDelayMs);
        Check.positive("queue", queue);
        Check.positive("deadline_ms", deadlineMs);
        Check.positive("max_texts", maxTexts);
    }

    /** With the default number of texts, held as they are stored. */
    public ServeConfig(int maxBatch, int maxDelayMs, int queue, int deadlineMs) {
        this(maxBatch, maxDelayMs, queue, deadlineMs, TEXTS, null);
    }

    /** Writes it into a model folder. */
    public void save(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /** What {@link #save} wrote; the defaults where a model has no such file, or it lacks what it did not know. */
    public static ServeConfig load(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return DEFAULTS;
        }
        try {
            ObjectNode values = JSON.valueToTree(DEFAULTS);
            values.setAll(JSON.readValue(Files.readString(file), ObjectNode.class));
            return JSON.treeToValue(values, ServeConfig.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        }
    }
}
