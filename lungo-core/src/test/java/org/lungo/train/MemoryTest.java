package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.family.tables.training.TableLesson;
import org.lungo.loss.MeanSquaredError;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.nn.Activation;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Memory over 2,000 steps, in a process of its own, whose heap is touched at the start so that it cannot grow. */
class MemoryTest {
    private static final int STEPS = 2000;
    private static final int WARM_UP = 500;

    /** Kilobytes after the warm-up. Measured: 552, 760 and 1,144 of 300,000; a leak of 4 KB per step would be 6,000. */
    private static final long MAX_GROWTH = 5_000;

    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    @Test
    void staysFlatOver2000Steps() throws IOException, InterruptedException {
        assumeTrue(Files.exists(STATUS), "skipped: resident memory is read from " + STATUS);
        List<Reading> readings = readings();
        assertThat(readings).hasSize(STEPS);
        Reading warm = readings.get(WARM_UP - 1);
        assertThat(readings.subList(1, STEPS))
                .allMatch(reading -> reading.tensors() == readings.get(1).tensors());
        long grown = readings.get(STEPS - 1).kilobytes() - warm.kilobytes();
        assertThat(grown).isLessThanOrEqualTo(MAX_GROWTH);
    }

    /** Live tensors and resident memory after a step. */
    private record Reading(long tensors, long kilobytes) {}

    private List<Reading> readings() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(output))
                .isTrue();
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("step "))
                .map(line -> line.split(" "))
                .map(words -> new Reading(Long.parseLong(words[1]), Long.parseLong(words[2])))
                .toList();
    }

    /** What the process does: dropout, batch normalisation and an average, so that everything that keeps state is in it. */
    static final class Training {
        private static final int ROWS = 1024;
        private static final int BATCH = 128;

        private Training() {}

        public static void main(String[] arguments) {
            TrainConfig config = new TrainConfig(
                    STEPS / (ROWS / BATCH),
                    new TrainConfig.Rate(0.001, ScheduleConfig.DEFAULTS),
                    OptimizerChoice.DEFAULTS,
                    new TrainConfig.EarlyStop("val_loss", 0, 0),
                    new TrainConfig.More(1, 1, 1, 0.9, 0, TrainConfig.Computing.DEFAULTS, 0));
            List<Reading> readings = new ArrayList<>();
            try (Scope scope = Scope.open()) {
                Mlp model = new Mlp.Config(List.of(64, 64), Activation.GELU, 0.1, Mlp.Normalization.BATCH, true, 8, 1)
                        .build(new Inputs(16, List.of(4), 1), Random.of(1));
                Dataset data = data();
                Lesson lesson = new TableLesson(model, new MeanSquaredError(), data, data, BATCH);
                new Trainer(lesson, config, Random.of(1)).fit(null, new Listener() {
                    @Override
                    public void stepEnded(int epoch, int batch, int batches, double loss) {
                        readings.add(new Reading(Engine.liveTensors(), resident()));
                    }
                });
            }
            readings.forEach(reading -> System.out.println("step " + reading.tensors() + " " + reading.kilobytes()));
        }

        private static Dataset data() {
            float[] x = new float[ROWS * 16];
            long[] categories = new long[ROWS];
            float[] y = new float[ROWS];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.sin(i * 1.7);
                categories[i / 16] = i % 4;
                y[i / 16] += x[i] * (i % 3);
            }
            return new Dataset(
                    new Features(Tensor.of(x, ROWS, 16), Tensor.of(categories, ROWS, 1)), Tensor.of(y, ROWS, 1));
        }

        private static long resident() {
            try {
                return Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
