package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.BusyException;
import org.lungo.data.WriteLock;
import org.lungo.experiment.Experiment;
import org.lungo.family.labelling.training.LabellingExperiment;
import org.lungo.family.language.training.LanguageExperiment;
import org.lungo.family.translation.training.TranslationExperiment;
import org.lungo.train.Listener;

/** Every family refuses the folder of a run that another process trains, before it looks at data or folder. */
class RunLockTest {
    @TempDir
    private Path folder;

    @Test
    void everyFamilyLeavesTheFolderOfARunningRunAlone() throws IOException {
        Path run = folder.resolve("run");
        String data = folder.resolve("none").toString();
        List<Experiment> studies = List.of(
                TableExperiment.of(data, "y"),
                LanguageExperiment.of(data),
                LabellingExperiment.of(data),
                TranslationExperiment.of(data, "data.to=" + data));
        try (WriteLock lock = WriteLock.inFolder(run, "busy")) {
            Path cached = Files.createDirectories(run.resolve("cache")).resolve("rows");
            Files.createFile(cached);
            for (Experiment study : studies) {
                assertThatThrownBy(() -> study.run(run, Listener.NONE))
                        .as(study.getClass().getSimpleName())
                        .isInstanceOf(BusyException.class)
                        .hasMessage("another process is training in " + run + " (it holds " + run.resolve("lock")
                                + "); wait until it has ended, or name another folder with --out");
            }
            assertThat(cached).exists();
        }
    }

    @Test
    void aRunThatCannotBeginLeavesNoFolder() {
        Path run = folder.resolve("runs/x-001");
        assertThatThrownBy(() -> TableExperiment.of(folder.resolve("none.csv").toString(), "y")
                        .run(run, Listener.NONE))
                .hasMessageContaining("none.csv");
        assertThat(run).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TableExperiment.of("x.csv", "y").run(file.resolve("run"), Listener.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write to " + file.resolve("run") + ": ")
                .hasMessageEndingWith("; name another folder with --out");
    }
}
