package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Task;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** A target of whole numbers from 0 or 1 without gaps. */
class CountedTargetTest {
    private static final String NOTE = "'y' holds the whole numbers from 1 to 3, which are read as 3 classes;"
            + " target.task: regression predicts a number instead";

    @TempDir
    Path folder;

    @Test
    void isReadAsClassesWithANote() throws IOException {
        Outcome<Evaluation> run = run("classes", rows(1));
        assertThat(run.notes()).contains(NOTE);
        assertThat(Predictor.load(run.folder()).target().classes()).containsExactly("1", "2", "3");
    }

    @Test
    void isANumberWhereTheConfigSaysSo() throws IOException {
        Outcome<Evaluation> run = run("number", rows(1), "target.task=regression");
        assertThat(run.evaluation().task()).isEqualTo(Task.REGRESSION);
        assertThat(run.notes()).noneMatch(note -> note.contains("classes"));
    }

    @Test
    void isANumberWithOtherBounds() throws IOException {
        Outcome<Evaluation> run = run("grades", rows(3));
        assertThat(run.evaluation().task()).isEqualTo(Task.REGRESSION);
        assertThat(run.notes()).noneMatch(note -> note.contains("classes"));
    }

    @Test
    void isNotNotedWhereTheConfigNamesTheTask() throws IOException {
        assertThat(run("named", rows(1), "target.task=multiclass").notes()).doesNotContain(NOTE);
    }

    private Outcome<Evaluation> run(String name, Path data, String... sets) throws IOException {
        String[] all = new String[sets.length + 4];
        System.arraycopy(sets, 0, all, 4, sets.length);
        all[0] = "train.epochs=2";
        all[1] = "evaluate.importance=false";
        all[2] = "model.hidden=[8]";
        all[3] = "model.members=1";
        return TableStudy.run(data.toString(), "y", all).into(folder.resolve(name), Listener.NONE);
    }

    private Path rows(int first) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 90; row++) {
            text.append(row * 37 % 90 / 90.0)
                    .append(',')
                    .append(first + row % 3)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }
}
