package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.Source;
import org.lungo.data.TableReader;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.family.tables.BatchJob;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** Prices and percentages on their whole way: training, evaluation anew, other files, single rows. */
class MarkedNumbersTest {
    @TempDir
    Path folder;

    @Test
    void meanTheSameAsPlainOnesEverywhere() throws IOException {
        Outcome<Evaluation> marked = run("marked", marked("marked.csv", 120));
        Outcome<Evaluation> plain = run("plain", plain("plain.csv", 120));
        assertThat(marked.notes())
                .anyMatch(note -> note.startsWith("'price' holds numbers in the form $1,234.56: '"))
                .anyMatch(note -> note.startsWith("'share' holds numbers in the form 1,234.56 %: '"))
                .anyMatch(note -> note.startsWith("'y' holds numbers in the form $1,234.56: '"));
        assertThat(marked.evaluation().metrics()).isEqualTo(plain.evaluation().metrics());
        String other = plain("other.csv", 30).toString();
        assertThat(Reevaluation.on(
                                marked.folder(), marked("other-marked.csv", 30).toString())
                        .metrics())
                .isEqualTo(Reevaluation.on(marked.folder(), other).metrics())
                .isEqualTo(Reevaluation.on(plain.folder(), other).metrics());
        Predictor predictor = Predictor.load(marked.folder());
        assertThat(predictor.predict(Map.of("price", "($1,234.50)", "share", "12 %")))
                .isEqualTo(predictor.predict(Map.of("price", -1234.5, "share", 12)))
                .isEqualTo(Predictor.load(plain.folder()).predict(Map.of("price", "-1234.5", "share", "12")));
        assertThatThrownBy(() -> predictor.predict(Map.of("price", "€5", "share", "1 %")))
                .isInstanceOf(DataException.class)
                .hasMessage("column 'price' must hold a number in the form $1,234.56. Received: '€5'");
        assertThat(answers(predictor, folder.resolve("marked.csv")))
                .isEqualTo(answers(predictor, folder.resolve("plain.csv")));
    }

    /** The form of one number alone would be open. */
    @Test
    void evaluateReadsTheTargetAsTrainingDid() throws IOException {
        Path run = run("marked", marked("marked.csv", 120)).folder();
        Path one = Files.writeString(folder.resolve("one.csv"), "price;share;y\n$1;1 %;$1.500\n$2;2 %;$2.500\n");
        assertThat(Reevaluation.on(run, one.toString()).evaluation().rows()).isEqualTo(2);
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "price;share;y\n$1;1 %;1,5 %\n");
        assertThatThrownBy(() -> Reevaluation.on(run, wrong.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'y' must hold a finite number in the form $1,234.56");
    }

    private String answers(Predictor predictor, Path data) throws IOException {
        Path out = folder.resolve("answers.csv");
        Files.deleteIfExists(out);
        BatchPrediction.run(predictor, BatchJob.of(data.toString(), out), BatchListener.NONE);
        try (TableReader reader = Source.of(out.toString()).open()) {
            assertThat(reader.count()).isEqualTo(120);
        }
        return Files.readString(out);
    }

    private Outcome<Evaluation> run(String name, Path data) throws IOException {
        return TableStudy.run(
                        data.toString(),
                        "y",
                        "train.epochs=2",
                        "evaluate.importance=false",
                        "model.hidden=[8]",
                        "model.members=1")
                .into(folder.resolve(name), Listener.NONE);
    }

    private Path marked(String name, int rows) throws IOException {
        DoubleFunction<String> price = value -> value < 0
                ? String.format(Locale.ROOT, "($%,.2f)", -value)
                : String.format(Locale.ROOT, "$%,.2f", value);
        return write(name, rows, price, value -> String.format(Locale.ROOT, "%.1f %%", value));
    }

    private Path plain(String name, int rows) throws IOException {
        return write(
                name,
                rows,
                value -> String.format(Locale.ROOT, "%.2f", value),
                value -> String.format(Locale.ROOT, "%.1f", value));
    }

    private Path write(String name, int rows, DoubleFunction<String> price, DoubleFunction<String> share)
            throws IOException {
        StringBuilder text = new StringBuilder("price;share;y\n");
        for (int row = 0; row < rows; row++) {
            double x = 5000 * Math.sin(1 + row * 1.7);
            double percent = 50 + 40 * Math.cos(row * 0.9);
            text.append(price.apply(x)).append(';').append(share.apply(percent));
            text.append(';').append(price.apply(2 * x - 30 * percent)).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
