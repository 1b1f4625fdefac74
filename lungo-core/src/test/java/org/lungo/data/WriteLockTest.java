package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {
    @TempDir
    private Path folder;

    /** A process that takes the lock of a folder and waits. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (WriteLock lock = WriteLock.inFolder(Path.of(arguments[0]), "busy")) {
                Files.createFile(Path.of(arguments[1]));
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            }
        }
    }

    @Test
    void isHadByOneAtATimeAndLeavesNothing() throws IOException {
        Path run = folder.resolve("a/run");
        try (WriteLock lock = WriteLock.inFolder(run, "busy")) {
            assertThat(run.resolve("lock"))
                    .hasContent("Process " + ProcessHandle.current().pid()
                            + " writes here. Once it has ended, this file means nothing and can be removed.");
            assertThatThrownBy(() -> WriteLock.inFolder(run, "busy"))
                    .isInstanceOf(BusyException.class)
                    .hasMessage("busy");
        }
        assertThat(run).as("still empty").doesNotExist();
        try (WriteLock lock = WriteLock.inFolder(run, "busy")) {
            Files.createFile(run.resolve("result"));
        }
        assertThat(run).isDirectoryContaining("glob:**result").isDirectoryNotContaining("glob:**lock");
    }

    @Test
    void aLinkStandsForItsFolder() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.createFile(run.resolve("result"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), run);
        try (WriteLock lock = WriteLock.inFolder(link, "busy")) {
            assertThatThrownBy(() -> WriteLock.inFolder(run, "busy")).isInstanceOf(BusyException.class);
        }
        assertThat(link).exists();
        Path file = Files.createSymbolicLink(folder.resolve("out"), run.resolve("result"));
        try (WriteLock lock = WriteLock.ofFile(file)) {
            assertThat(run.resolve("result.lock")).exists();
            assertThatThrownBy(() -> WriteLock.ofFile(run.resolve("result"))).isInstanceOf(BusyException.class);
        }
    }

    @Test
    void namesTheFileThatIsWritten() throws IOException {
        Path out = folder.resolve("out.csv");
        try (WriteLock lock = WriteLock.ofFile(out)) {
            assertThatThrownBy(() -> WriteLock.ofFile(out))
                    .isInstanceOf(BusyException.class)
                    .hasMessage("another process is writing " + out + " (it holds " + out
                            + ".lock); wait until it has ended, or name another file with --out");
        }
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> WriteLock.ofFile(folder.resolve("none/out.csv")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write " + folder.resolve("none/out.csv") + ": NoSuchFile ");
    }

    @Test
    void everyoneMayWriteToADevice() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        try (WriteLock one = WriteLock.ofFile(device);
                WriteLock two = WriteLock.ofFile(device)) {
            assertThat(one).isNotSameAs(two);
        }
        assertThat(device).exists();
    }

    @Test
    void endsWithAProcessThatIsKilledOrInterrupted() throws Exception {
        for (boolean killed : new boolean[] {true, false}) {
            Path run = folder.resolve("run" + killed);
            Path taken = folder.resolve("taken" + killed);
            Process process = holder(run, taken);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!Files.exists(taken) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThatThrownBy(() -> WriteLock.inFolder(run, "busy")).isInstanceOf(BusyException.class);
            if (killed) {
                process.destroyForcibly().waitFor();
                assertThat(run.resolve("lock")).as("what is left").isNotEmptyFile();
            } else {
                process.destroy();
                process.waitFor();
                assertThat(run).as("what is left").doesNotExist();
            }
            WriteLock.inFolder(run, "busy").close();
            assertThat(run).doesNotExist();
        }
    }

    private static Process holder(Path run, Path taken) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        run.toString(),
                        taken.toString())
                .inheritIO()
                .start();
    }
}
