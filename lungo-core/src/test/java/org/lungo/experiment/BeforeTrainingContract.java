package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.train.Listener;

/** What a run of every family does before it trains: an overview, one batch learned by heart, a refusal for memory. */
public interface BeforeTrainingContract {
    /** A small run with {@code sets} on top of its own settings. */
    Run<?, ?> small(String... sets) throws IOException;

    /** The beginning of a line of the overview that this family alone has. */
    String lookLine();

    /** A setting that makes the model larger than the memory of any machine. */
    String tooLarge();

    @Test
    default void learnsABatchByHeart() throws IOException {
        Smoke smoke = small().smoke();
        assertThat(smoke.passed()).as(smoke.toText()).isTrue();
    }

    @Test
    default void looksBeforeItTrains() throws IOException {
        assertThat(small().look().toText()).contains(lookLine(), "memory    about ", "time      about ");
    }

    @Test
    default void refusesWhatNoMachineHoldsBeforeARunBegins(@TempDir Path empty) throws IOException {
        Run<?, ?> huge = small(tooLarge());
        assertThatThrownBy(() -> huge.into(empty.resolve("huge"), Listener.NONE))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("training must fit in the ");
        assertThatThrownBy(huge::smoke).isInstanceOf(MemoryException.class);
        assertThat(huge.look().toText()).contains("memory    about ").doesNotContain("time ");
        assertThat(empty.resolve("huge")).doesNotExist();
    }
}
