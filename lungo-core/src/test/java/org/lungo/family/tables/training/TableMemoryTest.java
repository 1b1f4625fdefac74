package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.MemoryException;
import org.lungo.experiment.Run;
import org.lungo.experiment.TrainingMemory;
import org.lungo.model.Inputs;
import org.lungo.train.Listener;

class TableMemoryTest {
    private static final Inputs INPUTS = new Inputs(3, List.of(4), 1);

    @TempDir
    private Path folder;

    @Test
    void countsNetworksThatNoMachineHolds() {
        TrainingMemory memory = of("model.hidden=[2000000000, 2000000000]");
        assertThat(memory.weights()).isEqualTo(Long.MAX_VALUE);
        assertThat(memory.peak()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhatToMakeSmaller() {
        TrainingMemory wide = of("model.hidden=[10000, 10000]");
        assertThatThrownBy(() -> wide.require(1L << 30))
                .isInstanceOf(MemoryException.class)
                .hasMessageStartingWith(
                        "training must fit in the 1,024 MiB of this machine. Received: an estimate of about" + " 2,")
                .hasMessageEndingWith("; make model.hidden smaller");
        assertThatThrownBy(() -> of("train.batch_size=100000").require(1L << 20))
                .hasMessageEndingWith("; make train.batch_size, model.hidden or model.members smaller");
        assertThatNoException().isThrownBy(() -> wide.require(1L << 40));
    }

    @Test
    void doesNotCountRowsInFiles() {
        TableConfig config = config();
        assertThat(TableMemory.of(config, INPUTS, 1000, false).data()).isEqualTo(1000 * (3 * 4 + 8 + 8));
        assertThat(TableMemory.of(config, INPUTS, 1000, true).data()).isZero();
    }

    /** 100 tokens of 4 bytes per row; each keeps four vectors of 64 and three values of 300 filters until gradients are known. */
    @Test
    void countsTexts() {
        Inputs texts = new Inputs(0, List.of(), List.of(new Inputs.Text(1000, 100)), 1);
        TrainingMemory memory = TableMemory.of(config(), texts, 1000, false);
        assertThat(memory.data()).isEqualTo(1000 * (100 * 4 + 8));
        assertThat(memory.batch()).isGreaterThan(4L * 128 * 100 * (4 * 64 + 3 * 300));
        long table = 1000 * 64 + 1000 * 64 + (1 << 16) * 64;
        assertThat(memory.weights()).isGreaterThan(20 * table);
        assertThat(TableMemory.of(config("model.type=text_bag"), texts, 1000, false)
                        .batch())
                .isLessThan(memory.batch() / 10);
    }

    @Test
    void isCheckedBeforeAnythingIsMade() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 40; row++) {
            text.append(Math.sin(row)).append(row % 2 == 0 ? ",yes\n" : ",no\n");
        }
        String csv = Files.writeString(folder.resolve("rows.csv"), text).toString();
        Run<TableConfig, Evaluation> experiment = TableStudy.run(csv, "y", "model.hidden=[100000000, 100000000]");
        assertThat(experiment.look().toText()).contains("parameters", "MiB outside the heap");
        Path run = folder.resolve("run");
        assertThatThrownBy(() -> experiment.into(run, Listener.NONE)).isInstanceOf(MemoryException.class);
        assertThatThrownBy(experiment::smoke).isInstanceOf(MemoryException.class);
        assertThat(run).doesNotExist();
    }

    private static TrainingMemory of(String... sets) {
        return TableMemory.of(config(sets), INPUTS, 1_000_000, true);
    }

    private static TableConfig config(String... sets) {
        return TableConfig.FILE.read("a.yaml", "version: 1", List.of(sets)).value();
    }
}
