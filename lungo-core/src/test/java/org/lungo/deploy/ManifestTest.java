package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;

class ManifestTest {
    @TempDir
    private Path folder;

    @Test
    void namesFilesThatItDoesNotList() throws IOException {
        write("a.txt");
        write("run.json");
        Manifest.write(folder, Set.of("run.json"));
        write("inside/b.txt");
        assertThat(Manifest.verify(folder).files()).containsOnlyKeys("a.txt");
        assertThat(Manifest.unlisted(folder)).containsExactly("inside/b.txt", "run.json");
    }

    @Test
    void namesTheChangedAndTheMissingFile() throws IOException {
        Path file = write("inside/a.txt");
        Manifest.write(folder, Set.of());
        Files.writeString(file, "other");
        assertThatThrownBy(() -> Manifest.verify(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("a.txt was changed");
        Files.delete(file);
        assertThatThrownBy(() -> Manifest.verify(folder)).hasMessageContaining("inside/a.txt is missing");
    }

    @Test
    void refusesAManifestWithoutFiles() throws IOException {
        for (String text : new String[] {"{}", "null", "{\"files\": 3}", "x"}) {
            Files.writeString(folder.resolve(Manifest.NAME), text);
            assertThatThrownBy(() -> Manifest.verify(folder))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("manifest.json is damaged");
        }
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
