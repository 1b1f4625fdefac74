package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {
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
}
