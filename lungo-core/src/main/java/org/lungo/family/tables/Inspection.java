package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lungo.data.WriteLock;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;

/**
 * A run or a model whose every file was compared with its manifest, and whose golden rows were replayed.
 *
 * @param files how many files were compared
 * @param unlisted files that no manifest lists
 */
public record Inspection(Predictor predictor, int files, List<String> unlisted) {
    /**
     * Verifies a run folder or a model folder. Serving looks at the model folder alone.
     *
     * @throws IllegalArgumentException when there is no such folder
     * @throws org.lungo.tensor.CorruptFileException when a file is missing or changed, naming it
     */
    public static Inspection of(Path folder) throws IOException {
        ModelFolder.require(folder);
        boolean run = Files.isDirectory(folder.resolve("model"));
        int files = Manifest.verify(folder).files().size();
        List<String> unlisted = Manifest.unlisted(folder).stream()
                .filter(name -> !run || !Manifest.isAmong(Manifest.DIFFERING, name) && !name.equals(WriteLock.NAME))
                .toList();
        return new Inspection(Predictor.load(folder), files, unlisted);
    }
}
