package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Run;
import org.lungo.train.DivergedException;
import org.lungo.train.Listener;

/** Rows to test on that a model cannot be tested on. */
class UnusableTestRowsTest {
    @TempDir
    Path folder;

    @Test
    void aClassThatTrainingLacksIsRefusedBeforeTraining() throws IOException {
        Run<TableConfig, Evaluation> run = run("label", "3,maybe");
        assertThatThrownBy(run::look)
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "row 1 of 'label' must be one of the classes [no, yes]. Received: 'maybe', which the training"
                                + " rows do not have");
        assertThatThrownBy(() -> run.into(folder.resolve("run"), Listener.NONE)).hasMessageContaining("'maybe'");
        assertThat(folder.resolve("run/checkpoints")).doesNotExist();
    }

    @Test
    void answersThatAreNoNumbersAreNamed() {
        Fitting.requireFinite(new double[][] {{0.5, 0.5}, {0, 1}});
        assertThatThrownBy(() -> Fitting.requireFinite(new double[][] {{0.5, 0.5}, {Double.NaN, 1}}))
                .isInstanceOf(DivergedException.class)
                .hasMessage("the model's answers must be finite numbers. Received: NaN for row 2; check the data for"
                        + " extreme values, or train with a smaller train.learning_rate");
    }

    private Run<TableConfig, Evaluation> run(String target, String tested) throws IOException {
        StringBuilder text = new StringBuilder("x," + target + "\n");
        for (int i = 0; i < 100; i++) {
            text.append(i * 37 % 100 / 10.0).append(i * 37 % 100 > 50 ? ",yes\n" : ",no\n");
        }
        Path csv = Files.writeString(folder.resolve("a.csv"), text);
        Path test = Files.writeString(folder.resolve("test.csv"), "x," + target + "\n" + tested + "\n2,yes\n");
        return TableStudy.run(
                csv.toString(),
                target,
                "data.test='" + test + "'",
                "train.epochs=1",
                "model.hidden=[4]",
                "model.members=1");
    }
}
