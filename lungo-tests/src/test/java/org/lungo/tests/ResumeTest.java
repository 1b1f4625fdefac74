package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;

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
        long start = System.nanoTime();
        assertThat(start(data, "whole").waitFor()).isZero();
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Random random = new Random(11);
        int resumed = 0;
        int kills = 0;
        for (int run = 0; kills < KILLS; run++) {
            String name = "run" + run;
            boolean finished = false;
            while (!finished && kills < KILLS) {
                Process process = start(data, name);
                finished = process.waitFor(500 + random.nextInt((int) whole), TimeUnit.MILLISECONDS);
                if (!finished) {
                    process.destroyForcibly().waitFor();
                    kills++;
                    resumed += Files.exists(folder.resolve(name + "/checkpoints")) ? 1 : 0;
                }
            }
            assertThat(start(data, name).waitFor()).isZero();
            assertThat(manifest(name)).as(name).isEqualTo(manifest("whole"));
        }
        assertThat(resumed)
                .as("of %d kills, those that left a checkpoint", kills)
                .isPositive();
        System.getLogger("ResumeTest").log(System.Logger.Level.INFO, "{0} kills, {1} resumed", kills, resumed);
    }

    private String manifest(String name) throws IOException {
        return Files.readString(folder.resolve(name + "/manifest.json"));
    }

    private Process start(Path data, String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Lungo.class.getName(),
                "train"));
        command.addAll(List.of(
                data.toString(),
                "--target",
                "label",
                "--out",
                folder.resolve(name).toString()));
        command.addAll(List.of("--set", "train.epochs=200", "--set", "train.early_stop.patience=0"));
        command.addAll(List.of("--set", "train.batch_size=32", "--set", "model.hidden=[32]", "--progress", "none"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
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
