package org.lungo.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with a model, before anything of it is loaded. {@code model.json} says what family it is of, in what form its
 * files are and which version of Lungo wrote them; folders written before there was one, and those of Hugging Face, are
 * recognised by their files.
 *
 * @param path the model folder, also where a run was named
 * @param family such as {@code tables}
 */
public record ModelFolder(Path path, String family) {
    /** The file that says what the folder holds. */
    public static final String FILE = "model.json";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What stands in {@link #FILE}.
     *
     * @param format of the other files of the folder
     * @param lungo the version that wrote them
     */
    private record Stored(String family, int format, String lungo) {}

    /** Writes {@link #FILE} into a model folder; before its manifest, which lists it. */
    public static void write(Path folder, String family) throws IOException {
        Stored stored = new Stored(family, FORMAT, Version.current());
        Files.writeString(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(stored) + "\n");
    }

    /**
     * What the folder of a run, or a model folder, holds; {@code tables} where its files say nothing else.
     *
     * @throws CorruptFileException when {@link #FILE} cannot be read, or is of a later version
     */
    public static ModelFolder of(Path folder) {
        Path model = inside(folder);
        Path file = model.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new ModelFolder(model, byFiles(model));
        }
        try {
            JsonNode stored = JSON.readTree(Files.readString(file));
            int format = stored.path("format").asInt(0);
            if (format > FORMAT) {
                throw new CorruptFileException(model + " has format " + format + ", this version reads up to " + FORMAT
                        + "; use Lungo " + stored.path("lungo").asString("of the version that wrote it"));
            }
            return new ModelFolder(model, stored.required("family").asString());
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Refuses a folder that does not exist, and a run without a model.
     *
     * @throws CorruptFileException when the training of the run did not end
     */
    public static void require(Path run) {
        if (!Files.isDirectory(run)) {
            throw new IllegalArgumentException("no run folder " + run + "; lungo train makes one");
        }
        if (Files.exists(run.resolve("config.resolved.yaml")) && !Files.isDirectory(run.resolve("model"))) {
            throw new CorruptFileException(
                    run + " is not a finished run: it has no model; run the command that began it again to finish it");
        }
    }

    /** The model folder of a run; the folder itself where it is no run. */
    public static Path inside(Path folder) {
        Path inner = folder.resolve("model");
        return Files.isDirectory(inner) ? inner : folder;
    }

    /** Whether it holds a complete model: ours has a manifest, which is written last, those of Hugging Face have none. */
    public static boolean isComplete(Path folder) {
        if (Files.isRegularFile(folder.resolve(FILE))
                || Files.isRegularFile(folder.resolve(GoldenFile.NAME))) { // those written before had only the latter
            return Files.isRegularFile(folder.resolve(Manifest.NAME));
        }
        return Files.isRegularFile(folder.resolve("tokenizer.json"))
                && Files.isRegularFile(folder.resolve("config.json"))
                && !byFiles(folder).equals("tables");
    }

    /** The rule for folders without {@link #FILE}. */
    private static String byFiles(Path model) {
        if (Files.isRegularFile(model.resolve("labels.json"))) {
            return "labelling";
        }
        if (type(model.resolve("config.json")).equals("lungo_transformer")) {
            return "translation";
        }
        boolean tokens = Files.isRegularFile(model.resolve("tokenizer.json"))
                || Files.isRegularFile(model.resolve("vocab.txt")); // of BERT, as it was before there was the other
        return tokens && !Files.exists(model.resolve("preprocess.json")) ? "language" : "tables";
    }

    private static String type(Path config) {
        try {
            return Files.isRegularFile(config)
                    ? JSON.readTree(Files.readString(config)).path("model_type").asString("")
                    : "";
        } catch (IOException | JacksonException e) {
            return ""; // who loads it says what is wrong with it
        }
    }
}
