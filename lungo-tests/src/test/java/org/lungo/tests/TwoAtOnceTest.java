package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes that train at once do to each other's folders: nothing. */
@Tag("slow")
class TwoAtOnceTest {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void table() throws IOException {
        StringBuilder text = new StringBuilder("x,y,answer\n");
        for (int i = 0; i < 400; i++) {
            double x = Math.sin(i * 1.7);
            text.append(x).append(',').append(Math.cos(i)).append(x < 0.3 ? ",yes\n" : ",no\n");
        }
        data = Files.writeString(folder.resolve("sides.csv"), text);
    }

    @Test
    void eachTakesAFolderOfItsOwn() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(train("own" + i, 1));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        for (String name : List.of("sides-001", "sides-002", "sides-003")) {
            assertThat(folder.resolve("runs").resolve(name))
                    .isDirectoryContaining("glob:**manifest.json")
                    .isDirectoryNotContaining("glob:**lock");
        }
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs).hasSize(3);
        }
    }

    @Test
    void aRunningRunIsLeftAloneAndAKilledOneIsResumed() throws Exception {
        Process first = train("first", 100_000, "--out", "run");
        Path config = folder.resolve("run/config.resolved.yaml");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!Files.exists(config) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        for (int epochs : new int[] {100_000, 1}) { // the same run, and one with another config
            assertThat(train("refused", epochs, "--out", "run").waitFor()).isEqualTo(1);
            assertThat(log("refused"))
                    .contains("error E107: another process is training in run (it holds run/lock); wait until it has"
                            + " ended, or name another folder with --out")
                    .doesNotContain("remove");
        }
        assertThat(first.isAlive()).isTrue();
        first.destroyForcibly().waitFor();
        assertThat(folder.resolve("run/lock")).exists();
        assertThat(train("other", 1, "--out", "run").waitFor()).isEqualTo(2);
        assertThat(log("other")).contains("error E200: the folder run holds a run with another config");
        long written = lastCheckpoint();
        Process again = train("again", 100_000, "--out", "run");
        end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (again.isAlive() && lastCheckpoint() == written && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(again.isAlive()).as(log("again")).isTrue();
        again.destroy();
        assertThat(again.waitFor()).isEqualTo(143);
        assertThat(log("again"))
                .contains("Interrupted. The same command with --out run continues from its last checkpoint.");
        assertThat(folder.resolve("run/lock")).doesNotExist();
    }

    /** When a checkpoint was last added to the run, in milliseconds since 1970; 0 for never. */
    private long lastCheckpoint() {
        return folder.resolve("run/checkpoints").toFile().lastModified();
    }

    private Process train(String log, int epochs, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("train", data.toString(), "--target", "answer", "--progress", "none"));
        words.addAll(List.of("--set", "train.epochs=" + epochs, "--set", "train.early_stop.patience=0"));
        words.addAll(List.of("--set", "model.hidden=[8]", "--set", "evaluate.importance=false"));
        words.addAll(List.of(more));
        return Shell.start(folder, folder.resolve(log + ".log"), words.toArray(String[]::new));
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
