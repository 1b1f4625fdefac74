package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lungo.evaluate.Gates;
import org.lungo.train.Listener;

/** From data to a trained, evaluated and stored model, whatever the data are: what {@code lungo train} starts. */
public interface Study {
    /** The most epochs that are trained. */
    int epochs();

    /** The same, whose {@code run.json} says which command line started it. */
    Study startedBy(List<String> commandLine);

    /**
     * Trains, evaluates and writes the run folder. A folder that holds checkpoints of this study is resumed.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    Outcome run(Path folder, Listener listener) throws IOException;

    /** What a study gave. */
    interface Outcome {
        /** The folder of the run. */
        Path folder();

        /** What {@code metrics.json} holds: one JSON object. */
        String toJson();

        /** The same for a person, with what there is to be said of the training. */
        String toText();

        /** Commands that use the model. */
        List<String> next();

        /** The gates that were not reached. */
        default List<Gates.Outcome> failures() {
            return List.of();
        }
    }
}
