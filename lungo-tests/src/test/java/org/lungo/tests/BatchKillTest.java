package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;

/**
 * Kills a batch at random moments, with a signal that it cannot catch, and starts it again with the same command. What it
 * leaves in the end must be, byte by byte, what a batch leaves that was never interrupted. {@code -Dlungo.kills=50} kills
 * more often than the quick default.
 */
@Tag("slow")
class BatchKillTest {
    private static final int KILLS = Integer.getInteger("lungo.kills", 3);
    private static final int ROWS = 200_000;

    @TempDir
    private Path folder;

    @Test
    void endsWithTheSameBytesHoweverOftenItWasKilled() throws Exception {
        Path train = folder.resolve("train.csv");
        GeneratedRows.write(2000, train, true);
        TableStudy.run(train.toString(), "label", "train.epochs=1").into(folder.resolve("run"), Listener.NONE);
        GeneratedRows.write(ROWS, folder.resolve("rows.csv"), false);
        assertThat(start("whole.csv").waitFor()).isZero();
        Random random = new Random(7);
        int resumed = 0;
        for (int kills = 0; kills < KILLS; ) {
            String out = "out" + kills + ".csv";
            boolean finished = false;
            while (!finished && kills < KILLS) {
                int done = parts(out);
                resumed += done > 0 ? 1 : 0;
                Process process = start(out);
                finished = endedBefore(process, out, done + random.nextInt(6), random.nextInt(150));
                if (!finished) {
                    process.destroyForcibly().waitFor();
                    kills++;
                }
            }
            assertThat(start(out).waitFor()).isZero();
            assertThat(folder.resolve(out)).as(log(out)).hasSameBinaryContentAs(folder.resolve("whole.csv"));
            assertThat(folder.resolve(out + ".parts")).doesNotExist();
        }
        assertThat(stopped("stopped.csv")).contains("Interrupted. The same command continues where it stopped.");
        assertThat(resumed).as("starts that went on, of %d kills", KILLS).isPositive();
        assertThat(Files.readAllLines(folder.resolve("whole.csv"))).hasSize(ROWS + 1);
    }

    /** Waits until {@code parts} parts are done, and {@code millis} more. Returns whether the process has ended by then. */
    private boolean endedBefore(Process process, String out, int parts, int millis) throws Exception {
        while (process.isAlive() && parts(out) < parts) {
            Thread.sleep(5);
        }
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** What a batch says that is asked to stop after its first part. */
    private String stopped(String out) throws Exception {
        Process process = start(out);
        endedBefore(process, out, 1, 0);
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        return log(out);
    }

    private int parts(String out) throws IOException {
        Path journal = folder.resolve(out + ".parts/progress.jsonl");
        try {
            return Files.readAllLines(journal).size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private String log(String out) throws IOException {
        return Files.readString(folder.resolve(out + ".log"));
    }

    private Process start(String out) throws IOException {
        List<String> words = new ArrayList<>(List.of("predict"));
        words.addAll(List.of(
                folder.resolve("run").toString(), folder.resolve("rows.csv").toString()));
        words.addAll(List.of("--out", folder.resolve(out).toString(), "--keep", "id", "--part-rows", "10000"));
        return Shell.start(folder, folder.resolve(out + ".log"), words.toArray(String[]::new));
    }
}
