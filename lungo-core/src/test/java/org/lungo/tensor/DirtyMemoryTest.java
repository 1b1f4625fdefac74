package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * What finds reads of memory that nobody wrote must find them. In a process of its own: one that has run for long has many
 * other free blocks, which its allocator may prefer.
 */
class DirtyMemoryTest {
    private static final long[] SIZES = {40, 1_000, 30_000, 200_000};
    private static final int BLOCKS = 10;

    @Test
    void memoryThatNobodyWroteHoldsNaNAndIsNoticed() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reads.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "40: NaN, noticed", "1000: NaN, noticed", "30000: NaN, noticed", "200000: NaN, noticed");
    }

    /** What the process does. */
    static final class Reads {
        private Reads() {}

        public static void main(String[] arguments) {
            for (long size : SIZES) {
                System.out.println(size + ": " + (holdsNaN(size) ? "NaN" : "numbers") + ", "
                        + (isNoticed(size) ? "noticed" : "passed over"));
            }
        }

        private static boolean holdsNaN(long size) {
            DirtyMemory.fill();
            try (PointerScope scope = new PointerScope()) {
                boolean found = false;
                for (int i = 0; i < BLOCKS; i++) {
                    found |= torch.isnan(torch.empty(size)).any().item_bool();
                }
                return found;
            }
        }

        /** A kernel that multiplies its padding by zero. */
        private static boolean isNoticed(long size) {
            try {
                DirtyMemory.givesTheSameBits(() -> {
                    try (Scope scope = Scope.open()) {
                        Tensor sum = Tensor.zeros(DType.FLOAT32, size);
                        for (int i = 0; i < BLOCKS; i++) {
                            sum = sum.add(new Tensor(torch.empty(size)).mul(0));
                        }
                        return List.of(sum.toFloats());
                    }
                });
                return false;
            } catch (AssertionError e) {
                return true;
            }
        }
    }
}
