package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training process at random moments, with a signal that it cannot catch, and starts it again. What it leaves in
 * the end must be, file by file, what a run leaves that was never interrupted: weights, optimiser state, metrics, report.
 * {@code -Dlungo.kills=20} kills more often than the quick default.
 */
@Tag("slow")
class ResumeTest {
    private static final int KILLS = Integer.getInteger("lungo.kills", 3);

    @TempDir
    private Path folder;

    @Test
    void endsWithTheSameBitsHoweverOftenItWasKilled() throws Exception {
        Path data = table();
        assertThat(start(data, "whole").waitFor()).isZero();
        Random random = new Random(11);
        int resumed = 0;
        int kills = 0;
        for (int run = 0; kills < KILLS; run++) {
            assertThat(run).as("runs, of which %d were killed", kills).isLessThan(3 * KILLS);
            String name = "run" + run;
            boolean finished = false;
            while (!finished && kills < KILLS) {
                String newest = newestCheckpoint(name);
                resumed += newest.isEmpty() ? 0 : 1;
                Process process = start(data, name);
                finished = kills % 2 == 0
                        ? endedAfterCheckpoint(process, name, newest, random.nextInt(1000))
                        : process.waitFor(random.nextInt(2000), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                kills += finished ? 0 : 1;
            }
            resumed += newestCheckpoint(name).isEmpty() || finished ? 0 : 1;
            assertThat(start(data, name).waitFor()).isZero();
            assertThat(manifest(name)).as(name).isEqualTo(manifest("whole"));
        }
        assertThat(resumed).as("starts that went on, of %d kills", KILLS).isPositive();
    }

    /** Waits for the checkpoint that follows {@code newest} and some time more. Returns whether the process has ended. */
    private boolean endedAfterCheckpoint(Process process, String name, String newest, int millis) throws Exception {
        while (process.isAlive() && newestCheckpoint(name).equals(newest)) {
            Thread.sleep(5);
        }
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** The name of the newest checkpoint that is written in full, or nothing. */
    private String newestCheckpoint(String name) {
        String[] all =
                folder.resolve(name + "/checkpoints").toFile().list((parent, child) -> child.startsWith("epoch-"));
        return all == null ? "" : Stream.of(all).max(Comparator.naturalOrder()).orElse("");
    }

    private String manifest(String name) throws IOException {
        return Files.readString(folder.resolve(name + "/manifest.json"));
    }

    private Process start(Path data, String name) throws IOException {
        List<String> words = new ArrayList<>(List.of("train"));
        words.addAll(List.of(
                data.toString(),
                "--target",
                "label",
                "--out",
                folder.resolve(name).toString()));
        words.addAll(List.of("--set", "train.epochs=200", "--set", "train.early_stop.patience=0"));
        words.addAll(List.of("--set", "train.batch_size=32", "--set", "model.hidden=[32]", "--progress", "none"));
        return Shell.start(folder, folder.resolve(name + ".log"), words.toArray(String[]::new));
    }

    private Path table() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("x,y,colour,label\n");
        for (int row = 0; row < 3000; row++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            text.append(x).append(',').append(y).append(",c").append(random.nextInt(20));
            text.append(',').append(x * y > 0 ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }
}
