package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.Inspection;
import org.lungo.family.tables.Predictor;
import org.lungo.tensor.CorruptFileException;
import org.lungo.train.Listener;

class RunInspectionTest {
    @TempDir
    private Path folder;

    @Test
    void verifiesTheWholeRun() throws IOException {
        Path run = run();
        assertThat(Inspection.of(run).unlisted()).isEmpty();
        assertThat(Inspection.of(run).files())
                .isGreaterThan(Inspection.of(run.resolve("model")).files());
        Files.writeString(run.resolve("model/extra.txt"), "x");
        assertThat(Inspection.of(run).unlisted()).containsExactly("model/extra.txt");
        assertThat(Inspection.of(run.resolve("model")).unlisted()).containsExactly("extra.txt");
        Files.writeString(run.resolve("report.html"), "x");
        assertThatThrownBy(() -> Inspection.of(run))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("report.html was changed");
        assertThat(Predictor.load(run)).as("serving looks at the model alone").isNotNull();
    }

    private Path run() throws IOException {
        StringBuilder text = new StringBuilder("x,answer\n");
        for (int row = 0; row < 100; row++) {
            text.append(Math.sin(row)).append(row % 2 == 0 ? ",yes\n" : ",no\n");
        }
        Path csv = Files.writeString(folder.resolve("rows.csv"), text);
        return TableStudy.run(csv.toString(), "answer", "train.epochs=1", "model.hidden=[4]", "model.members=1")
                .into(folder.resolve("run"), Listener.NONE)
                .folder();
    }
}
