package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;

/**
 * A family that learns. {@link org.lungo.deploy.serving.Family} is its answering side; {@link Run} is the path from an order
 * to a stored model that all families take.
 *
 * @param <C> its config
 * @param <E> its evaluation
 */
public interface Study<C extends RunConfig, E> {
    /** The family. */
    Family family();

    /** How it is recognised, and the flags that it takes. */
    Claim claim();

    /** Its config, for the schema and the page of all keys. */
    Reference reference();

    /**
     * The config of an order with every value.
     *
     * @throws org.lungo.experiment.config.ConfigException when a value of it cannot be used
     * @throws IllegalArgumentException when something is missing, saying what
     */
    Resolved<C> resolve(Order order);

    /**
     * Reads the data and refuses everything that can be refused before training; allocates no network.
     *
     * @param cache for what does not fit in memory
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    Attempt<E> attempt(Resolved<C> config, Cache cache) throws IOException;

    /**
     * Overfits one small batch, saves the model, loads it and predicts again: a check in seconds that the pieces fit.
     *
     * @param cache where the model is saved
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    Smoke smoke(Resolved<C> config, Cache cache) throws IOException;

    /**
     * The evaluation that a run ended with, or a new one.
     *
     * @param data null for the stored one
     * @param options by the name of their {@link #evaluating flags}, those that were given
     * @throws org.lungo.tensor.CorruptFileException when a file of the run was changed
     */
    Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException;

    /** The flags of {@code lungo evaluate} that it takes; what they set is not asked. */
    default List<Flag> evaluating() {
        return List.of();
    }

    /** The forms for other programs, by their names for {@code lungo export --to}. */
    default Map<String, Exporter> exports() {
        return Map.of();
    }

    /**
     * What is said of a config's file.
     *
     * @param title of the schema
     * @param heading what the heading of the page ends with
     * @param hint what its first paragraph ends with
     */
    record Reference(ConfigFile<?> file, String title, String heading, String hint) {}
}
