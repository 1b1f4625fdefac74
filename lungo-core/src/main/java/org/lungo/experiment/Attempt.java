package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.Measurement;
import org.lungo.tensor.DType;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * What a family does in one run. When an attempt is made, its data has been read and everything has been refused that can
 * be; no network has been allocated yet. {@link Run} calls the methods in the order in which they stand here, within one
 * scope, in which the tensors of the model live.
 *
 * @param <E> the evaluation of the family
 */
public interface Attempt<E> extends AutoCloseable {
    /** The SHA-256 of the data, and of what is only tested or validated on; null when a part is held out. */
    record Fingerprints(String data, @Nullable String test) {}

    /**
     * An evaluation.
     *
     * @param evaluation in the type of the family
     * @param measured the same as {@code metrics.json} holds it, judged by the gates
     */
    record Tested<E>(E evaluation, Measurement measured) {}

    /**
     * What a report says about the training.
     *
     * @param state the epochs
     * @param data the name of the data
     * @param provenance where the model comes from, by heading, in order
     */
    record Background(TrainingState state, String data, Map<String, String> provenance) {
        public Background {
            provenance = new LinkedHashMap<>(provenance);
        }
    }

    /**
     * The speed of the training.
     *
     * @param secondsPerStep the mean time of training steps; NaN where none was timed because training had ended before
     * @param gemmRate operations per second of large matrix products; NaN where it was not measured
     */
    record Pace(double secondsPerStep, double gemmRate) {}

    /**
     * What there is to say when a run has ended.
     *
     * @param notes on the data
     * @param figures for {@code run.json}, in order; what could not be measured is NaN
     * @param training one line for a person: epochs, parameters, speed
     * @param next commands that use the model
     */
    record Remarks(List<String> notes, Map<String, Object> figures, String training, List<String> next) {
        public Remarks {
            notes = List.copyOf(notes);
            figures = new LinkedHashMap<>(figures);
            next = List.copyOf(next);
        }
    }

    /** Where the data and the test come from. */
    Fingerprints fingerprints();

    /** What was found in the data, the size of the model, and the memory that training takes. */
    Look look();

    /** The type of large matrix products in training, whose rate on this machine is measured; null measures none. */
    default @Nullable DType products() {
        return null;
    }

    /**
     * Builds the model and trains it, from the newest checkpoint on.
     *
     * @param checkpoints null where none are kept
     * @param listener hears every step
     */
    TrainingState learn(@Nullable Checkpoints checkpoints, Listener listener) throws IOException;

    /**
     * Evaluates the model. What only training needed is freed.
     *
     * @param listener hears what takes long
     */
    Tested<E> test(Listener listener) throws IOException;

    /** Writes further files into the folder of the run, next to the model. */
    default void writeExtras(Path run) throws IOException {}

    /** Writes the model and its golden examples into a folder that does not exist yet. */
    void save(Path model) throws IOException;

    /** The page {@code report.html}. */
    HtmlReport report(Tested<E> tested, Background background);

    /** What there is to say in the end. */
    Remarks remarks(Path run, Tested<E> tested, TrainingState state, Pace pace);

    @Override
    default void close() {}
}
