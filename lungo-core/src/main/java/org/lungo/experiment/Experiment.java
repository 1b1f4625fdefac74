package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.config.Resolved;
import org.lungo.train.Listener;

/** From data to a trained, evaluated and stored model, whatever the data are: what {@code lungo train} starts. */
public interface Experiment {
    /** The config with every value. */
    Resolved<?> config();

    /**
     * What there is in the data and what training will take.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    Look look() throws IOException;

    /**
     * Whether the pieces fit: one small batch is learned by heart, and the model saved, loaded and asked.
     *
     * @throws IllegalArgumentException when the family cannot do that, saying what to do instead
     */
    default Trial smoke() throws IOException {
        throw new IllegalArgumentException(
                "--smoke is for tables; try another model with --set train.epochs=1 and a small part of the data");
    }

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

    /** What a quick proof that the pieces fit found. */
    interface Trial {
        /** Whether they do. */
        boolean passed();

        /** For a person. */
        String toText();
    }
}
