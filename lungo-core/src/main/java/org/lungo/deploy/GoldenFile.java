package org.lungo.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code golden.json} of a model folder: examples and what the model answered for them when it was saved. Each family has a
 * form of its own and replays it whenever it loads the model.
 */
public final class GoldenFile {
    /** The name of the file. */
    public static final String NAME = "golden.json";

    private static final JsonMapper JSON = new JsonMapper();

    private GoldenFile() {}

    /** Writes the examples into a model folder; before its manifest, which lists them. */
    public static void write(Path folder, Object golden) throws IOException {
        Files.writeString(
                folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(golden) + "\n");
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws CorruptFileException when it is of another form
     */
    public static <T> T read(Path folder, Class<T> form) throws IOException {
        try {
            return JSON.readValue(Files.readString(folder.resolve(NAME)), form);
        } catch (JacksonException e) {
            throw new CorruptFileException(
                    folder.resolve(NAME) + " cannot be read: " + e.getOriginalMessage() + "; restore it from a copy");
        }
    }

    /**
     * Refuses a model that is to be saved and answers what is not finite. Such answers are equal to themselves when they are
     * replayed, so that nothing else would find it.
     *
     * @param example what it was asked, such as {@code golden row 3}
     * @throws NotFiniteException when a number is infinite or NaN
     */
    public static void requireFinite(String example, double... answers) {
        for (double answer : answers) {
            if (!Double.isFinite(answer)) {
                throw new NotFiniteException(example, answer);
            }
        }
    }

    /**
     * Refuses a model that gives other numbers for an example than it gave.
     *
     * @param example what it was asked, such as {@code golden row 3}
     * @param tolerance the largest difference of a number that is allowed, times the number where that is above 1
     * @throws CorruptFileException when a number differs by more, or there are more or fewer
     */
    public static void requireNear(
            Path folder, String example, double[] expected, double[] received, double tolerance) {
        if (expected.length != received.length) {
            throw changed(folder, example, expected.length + " numbers", received.length + " numbers");
        }
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            boolean same = Double.compare(received[i], expected[i]) == 0; // also what is not finite
            if (!same && !(Math.abs(received[i] - expected[i]) <= allowed)) {
                throw changed(folder, example, expected[i], received[i]);
            }
        }
    }

    /** The refusal of a model that gives another answer for an example than it gave. */
    public static CorruptFileException changed(Path folder, String example, Object expected, Object received) {
        return new CorruptFileException(folder + " no longer answers as it did: expected " + expected + " for "
                + example + ". Received: " + received
                + "; restore it from a copy, use the version of Lungo that wrote it, or train again");
    }
}
