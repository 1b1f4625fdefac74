package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;

class ModelFolderTest {
    @TempDir
    private Path folder;

    @Test
    void refusesARunWhoseTrainingDidNotEnd() throws IOException {
        Files.writeString(folder.resolve("config.resolved.yaml"), "family: translation");
        assertThatThrownBy(() -> ModelFolder.require(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessage(folder + " is not a finished run: it has no model; run the command that began it again to"
                        + " finish it");
        Files.createDirectory(folder.resolve("model"));
        ModelFolder.require(folder);
    }
}
