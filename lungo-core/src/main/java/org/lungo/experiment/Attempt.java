package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.TextReport;
import org.lungo.tensor.DType;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * What a family does in one run, when its data was read and all was refused that can be: it learns, is tested and is saved.
 * {@link Run} calls the methods in this order, within one scope, in which the model's tensors live.
 *
 * @param <R> what it gives
 */
public interface Attempt<R extends Experiment.Outcome> extends AutoCloseable {
    /** The SHA-256 of the data, and of what is only tested or validated on; null when a part is held out. */
    record Fingerprints(String data, @Nullable String test) {}

    /**
     * How fast it learned.
     *
     * @param secondsPerStep the mean of training steps; NaN where none was timed, as training had ended before
     * @param gemmRate operations a second of large products; NaN where it was not measured
     */
    record Pace(double secondsPerStep, double gemmRate) {}

    /**
     * What a report shows.
     *
     * @param judged the measurement
     * @param notes what is to be said of the data
     * @param examples what the model says of texts that it was not trained on
     */
    record Page(Judged judged, List<String> notes, List<TextReport.Examples> examples) {}

    /** Where the data and the test come from. */
    Fingerprints fingerprints();

    /** What it learns from, for a person, behind the word training: {@code  on 12 sentences}. */
    default String lesson() {
        return "";
    }

    /** The type of the large products while it learns, whose rate on this machine is measured; null measures none. */
    default @Nullable DType products() {
        return null;
    }

    /** Learns, from the newest checkpoint on; {@code listener} hears of every step. */
    TrainingState learn(Checkpoints checkpoints, Listener listener) throws IOException;

    /**
     * Says how good the model is. What only learning needed is let go of.
     *
     * @param listener hears of what takes long
     */
    R test(Path run, TrainingState state, Pace pace, Listener listener) throws IOException;

    /** What {@code report.html} shows. */
    Page page(R result);

    /** Writes what stands beside the model in the folder of the run. */
    default void writeBeside(Path run) throws IOException {}

    /** Writes the model and its golden examples into a folder that is not there yet. */
    void save(Path model) throws IOException;

    /** What {@code run.json} holds of it, in order; what could not be measured is NaN. */
    Map<String, Object> figures(R result);

    @Override
    default void close() {}
}
