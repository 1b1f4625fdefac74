package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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
        int deadlineMs) {
    /** The values of docs/serving.md. */
    public static final ServeConfig DEFAULTS = new ServeConfig(32, 2, 256, 30_000);

    /** The file in a model folder. */
    static final String FILE = "serve.json";

    private static final JsonMapper JSON = new JsonMapper();

    public ServeConfig {
        Check.positive("max_batch", maxBatch);
        Check.notNegative("max_delay_ms", maxDelayMs);
        Check.positive("queue", queue);
        Check.positive("deadline_ms", deadlineMs);
    }

    /** Writes it into a model folder. */
    public void save(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /** What {@link #save} wrote; the defaults for a model that was made before there was such a file. */
    public static ServeConfig load(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return DEFAULTS;
        }
        try {
            return JSON.readValue(Files.readString(file), ServeConfig.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        }
    }
}
