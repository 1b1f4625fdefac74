package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lungo.deploy.Facts;

/** Writes a model in another form, for other programs. */
public interface Exporter {
    /** The flags of {@code lungo export} that it takes; what they set is not asked. */
    List<Flag> flags();

    /**
     * Writes the model of a run.
     *
     * @param out the file or folder
     * @param options by the name of their flags, those that were given
     * @return what was written
     * @throws IllegalArgumentException when the form cannot hold the model, saying why
     */
    Facts export(Path run, Path out, Map<String, String> options) throws IOException;
}
