package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSearchTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        Files.createDirectories(folder.resolve("none"));
        for (String name :
                List.of("b.csv", "a.parquet", "c.JSONL", "d.csv.gz", ".hidden.csv", "e.xlsx", "deep/f.csv")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createFile(folder.resolve("deep/er/g.csv"));
        Files.createFile(folder.resolve("none/notes.md"));
    }

    @Test
    void takesTheReadableFilesOfAFolderByName() {
        assertThat(found("")).containsExactly("a.parquet", "b.csv", "c.JSONL", "d.csv.gz");
        assertThatThrownBy(() -> found("none"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no file that can be read. Expected: arff csv data json");
    }

    @Test
    void takesWhatAPatternFits() {
        assertThat(found("*.csv")).containsExactly("b.csv");
        assertThat(found("{a,b}.*")).containsExactly("a.parquet", "b.csv");
        assertThat(found("**.csv")).containsExactly("b.csv", "deep/er/g.csv", "deep/f.csv");
        assertThat(found("d*/[f-h].csv")).containsExactly("deep/f.csv");
        assertThatThrownBy(() -> found("*.arff"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no file fits")
                .hasMessageContaining("put it in quotes");
        assertThatThrownBy(() -> found("absent/*.csv")).isInstanceOf(DataException.class);
    }

    @Test
    void takesAFileByItsOwnName() throws IOException {
        assertThat(found("b.csv")).containsExactly("b.csv");
        Files.createFile(folder.resolve("odd[1].csv"));
        assertThat(found("odd[1].csv")).containsExactly("odd[1].csv");
    }

    /** Java cannot make such a name; a shell can. */
    @Test
    void refusesANameThatIsNoText() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "touch \"$(printf 'none/gr\\374n.csv')\"")
                .directory(folder.toFile())
                .start();
        assumeTrue(
                shell.waitFor() == 0 && System.getProperty("sun.jnu.encoding").equals("UTF-8"));
        for (String name : List.of("none", "none/*.csv")) {
            assertThatThrownBy(() -> found(name))
                    .isInstanceOf(DataException.class)
                    .hasMessage("the name of a file must be text in UTF-8, the encoding of the locale. Received: "
                            + folder + "/none/gr\uFFFDn.csv, where \uFFFD stands for other bytes; rename it");
        }
        Files.createFile(folder.resolve("deep/\uFFFD.csv"));
        assertThat(found("deep")).as("a name that is so").contains("deep/\uFFFD.csv");
    }

    private List<String> found(String name) {
        return FileSearch.of(folder + "/" + name).stream()
                .map(file -> folder.relativize(Path.of(file)).toString().replace('\\', '/'))
                .toList();
    }
}
