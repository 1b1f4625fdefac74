package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine: no native library is unpacked yet, and two processes want it at once. */
@Tag("slow")
class ColdStartTest {
    @TempDir
    Path folder;

    @Test
    void twoProcessesShareOneEmptyCache() throws IOException, InterruptedException {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        List<Process> processes = List.of(start(cache, 0), start(cache, 1));
        for (int i = 0; i < 2; i++) {
            boolean ended = processes.get(i).waitFor(240, TimeUnit.SECONDS);
            processes.get(i).destroyForcibly();
            String output = Files.readString(output(i));
            assertThat(ended && processes.get(i).exitValue() == 0).as(output).isTrue();
            // [1 2; 3 4] [5 6; 7 8], by hand.
            assertThat(output).contains("product [19.0, 22.0, 43.0, 50.0]");
        }
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("the libraries come from this cache")
                    .anyMatch(name -> name.contains("torch_cpu"));
        }
    }

    private Process start(Path cache, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Product.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output(number).toFile())
                .start();
    }

    private Path output(int number) {
        return folder.resolve("output-" + number + ".txt");
    }

    /** What each process does. */
    static final class Product {
        private Product() {}

        public static void main(String[] arguments) {
            try (Scope scope = Scope.inference()) {
                Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
                Tensor b = Tensor.of(new float[] {5, 6, 7, 8}, 2, 2);
                double[] product = a.matmul(b).toDoubles();
                System.out.println("product "
                        + IntStream.range(0, 4).mapToObj(i -> product[i]).toList());
            }
        }
    }
}
