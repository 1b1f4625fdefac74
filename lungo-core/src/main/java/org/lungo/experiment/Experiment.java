package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lungo.evaluate.Measurement;
import org.lungo.train.Listener;

/** From data to a trained, evaluated and stored model, whatever the data are: what {@code lungo train} starts. */
public interface Experiment {
    /** The most epochs that are trained. */
    int epochs();

    /** The same, whose {@code run.json} says which command line started it. */
    Experiment startedBy(List<String> commandLine);

    /**
     * Trains, evaluates and writes the run folder. A folder that holds checkpoints of this study is resumed.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    Outcome run(Path folder, Listener listener) throws IOException;

    /** What a study gave. */
    interface Outcome extends Measurement {
        /** The folder of the run. */
        Path folder();

        /** The measurement for a person, with what there is to be said of the training. */
        @Override
        String toText();

        /** Commands that use the model. */
        List<String> next();
    }
}
