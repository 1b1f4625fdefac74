package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {
    /** In a process of its own, for they are chosen when libtorch is loaded. */
    @Test
    void areAsManyAsTheVariableOfOpenMpSays() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Threads.class.getName());
        java.environment().put("OMP_NUM_THREADS", "3");
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("threads 3");
    }

    /** What the process does. */
    static final class Threads {
        private Threads() {}

        public static void main(String[] arguments) {
            System.out.println("threads " + Engine.threads());
        }
    }

    @Test
    void aThreadAloneUsesOneAndTheOthersAreLeftAsTheyAre() throws Exception {
        int before = Engine.threads();
        CompletableFuture<Integer> alone = new CompletableFuture<>();
        Engine.startAlone("alone", () -> alone.complete(Engine.threads())).join();
        assertThat(alone.get()).isEqualTo(1);
        assertThat(Engine.threads()).isEqualTo(before);
        assertThat(CompletableFuture.supplyAsync(Engine::threads, task -> new Thread(task).start())
                        .get())
                .isEqualTo(before);
    }

    @Test
    void worksAloneAndLeavesLaterThreadsAsTheyAre() throws Exception {
        int before = Engine.threads();
        Engine.threads(3);
        try {
            CompletableFuture<Integer> later = new CompletableFuture<>();
            int alone = Engine.alone(() -> {
                new Thread(() -> later.complete(Engine.threads())).start();
                later.join();
                return Engine.alone(Engine::threads);
            });
            assertThat(alone).isEqualTo(1);
            assertThat(later.join()).isEqualTo(3);
            assertThat(Engine.threads()).isEqualTo(3);
            assertThatThrownBy(() -> Engine.alone(() -> {
                        throw new IOException("broken");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
            assertThat(Engine.threads()).isEqualTo(3);
        } finally {
            Engine.threads(before);
        }
    }
}
