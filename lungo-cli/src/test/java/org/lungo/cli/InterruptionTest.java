package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    @TempDir
    private Path folder;

    @Test
    void promisesToGoOnOnceTheRunHasBegun() throws IOException {
        assertThat(Interruption.message(folder)).isEqualTo("Interrupted before training began; nothing was kept.");
        Files.createFile(folder.resolve("config.resolved.yaml"));
        assertThat(Interruption.message(folder))
                .isEqualTo(
                        "Interrupted. The same command with --out " + folder + " continues from its last checkpoint.");
    }
}
