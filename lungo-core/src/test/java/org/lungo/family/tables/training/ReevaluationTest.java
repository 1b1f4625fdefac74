package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.Gates;
import org.lungo.experiment.Outcome;
import org.lungo.tensor.CorruptFileException;
import org.lungo.train.Listener;

class ReevaluationTest {
    @TempDir
    private Path folder;

    @Test
    void needsNoTrainingData() throws IOException {
        Path data = rows("rows.csv", 300);
        Path test = rows("test.csv", 60);
        Outcome<Evaluation> result = run(data, "data.test='" + test + "'", "evaluate.gates={f1: '>=1.5'}");
        Files.delete(data);
        Path moved = Files.move(result.folder(), folder.resolve("moved"));
        EvaluationResult stored = Reevaluation.stored(moved);
        assertThat(stored.toText()).isEqualTo(result.measured().toText());
        assertThat(stored.toJson() + "\n").isEqualTo(Files.readString(moved.resolve("metrics.json")));
        assertThat(stored.failures()).extracting(Gates.Outcome::metric).containsExactly("f1");
        assertThat(Reevaluation.on(moved, test.toString()).toJson())
                .as("the same rows by the loaded model")
                .isEqualTo(stored.toJson());
    }

    @Test
    void showsTheStoredNumbersWhateverTheDataBecame() throws IOException {
        Path data = rows("rows.csv", 300);
        Outcome<Evaluation> result = run(data);
        Files.writeString(data, Files.readString(data).replace("yes", "maybe"));
        assertThat(Reevaluation.stored(result.folder()).toText())
                .isEqualTo(result.measured().toText());
    }

    @Test
    void refusesAChangedRun() throws IOException {
        Path run = run(rows("rows.csv", 300)).folder();
        for (String name : new String[] {"config.resolved.yaml", "metrics.json", "baseline.json"}) {
            Path file = run.resolve(name);
            String text = Files.readString(file);
            Files.writeString(file, text + "x: [");
            assertThatThrownBy(() -> Reevaluation.on(run, "none.csv"))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(name + " was changed");
            assertThatThrownBy(() -> Reevaluation.stored(run)).isInstanceOf(CorruptFileException.class);
            Files.writeString(file, text);
        }
        assertThatThrownBy(() -> Reevaluation.stored(folder)).hasMessageContaining("is not a finished run");
    }

    @Test
    void namesAColumnThatTheRowsLack() throws IOException {
        Path run = run(rows("rows.csv", 300)).folder();
        Path questions = folder.resolve("questions.csv");
        Files.writeString(questions, "x,y,anser\n1,2,yes\n");
        assertThatThrownBy(() -> Reevaluation.on(run, questions.toString()))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.code()).isEqualTo("E309"))
                .hasMessage(questions
                        + " must have the target column 'answer'; did you mean 'anser'? Columns: x, y, anser");
    }

    private Outcome<Evaluation> run(Path data, String... sets) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("train.epochs=2", "model.hidden=[8]", "model.members=1", "evaluate.metrics=[f1]"));
        all.addAll(List.of(sets));
        return TableStudy.run(data.toString(), "answer", all.toArray(String[]::new))
                .into(folder.resolve("run"), Listener.NONE);
    }

    private Path rows(String name, int count) throws IOException {
        StringBuilder text = new StringBuilder("x,y,answer\n");
        for (int row = 0; row < count; row++) {
            double x = Math.sin(row * 1.7);
            text.append(x).append(',').append(Math.cos(row * 0.9)).append(x > 0 ? ",yes\n" : ",no\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
