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
import org.lungo.experiment.Run;
import org.lungo.family.labelling.training.LabellingStudy;
import org.lungo.family.language.training.LanguageStudy;
import org.lungo.family.translation.training.TranslationStudy;
import org.lungo.train.Listener;

/** Every family refuses the folder of a run that another process trains, before it looks at data or folder. */
class RunLockTest {
    @TempDir
    private Path folder;

    @Test
    void everyFamilyLeavesTheFolderOfARunningRunAlone() throws IOException {
        Path run = folder.resolve("run");
        String data = folder.resolve("none").toString();
        List<Run<?, ?>> studies = List.of(
                TableStudy.run(data, "y"),
                LanguageStudy.run(data),
                LabellingStudy.run(data),
                TranslationStudy.run(data, "data.to=" + data));
        try (WriteLock lock = WriteLock.inFolder(run, "busy")) {
            Path cached = Files.createDirectories(run.resolve("cache")).resolve("rows");
            Files.createFile(cached);
            for (Run<?, ?> study : studies) {
                assertThatThrownBy(() -> study.into(run, Listener.NONE))
                        .as(study.config().value().getClass().getSimpleName())
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
        assertThatThrownBy(() -> TableStudy.run(folder.resolve("none.csv").toString(), "y")
                        .into(run, Listener.NONE))
                .hasMessageContaining("none.csv");
        assertThat(run).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TableStudy.run("x.csv", "y").into(file.resolve("run"), Listener.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write to " + file.resolve("run") + ": ")
                .hasMessageEndingWith("; name another folder with --out");
    }
}
