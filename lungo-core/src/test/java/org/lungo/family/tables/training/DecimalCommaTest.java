package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** A table with decimal commas on its whole way: training, evaluation anew, other files, single rows. */
class DecimalCommaTest {
    @TempDir
    Path folder;

    @Test
    void meansTheSameEverywhere() throws IOException {
        Outcome<Evaluation> comma = run("comma", file("comma.csv", 1));
        Outcome<Evaluation> point = run("point", file("point.csv", 1));
        assertThat(comma.notes()).hasSize(2).allMatch(note -> note.contains("holds numbers in the form 1.234,56"));
        assertThat(comma.evaluation().metrics()).isEqualTo(point.evaluation().metrics());
        Path other = file("comma.csv", 2);
        assertThat(Reevaluation.on(comma.folder(), other.toString()).metrics())
                .isEqualTo(Reevaluation.on(point.folder(), file("point.csv", 2).toString())
                        .metrics());
        Predictor predictor = Predictor.load(comma.folder());
        assertThat(predictor.predict(Map.of("x", "0,5")))
                .isEqualTo(predictor.predict(Map.of("x", 0.5)))
                .isEqualTo(Predictor.load(point.folder()).predict(Map.of("x", "0.5")));
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

    private Path file(String name, long seed) throws IOException {
        StringBuilder text = new StringBuilder("x;y\n");
        Random random = new Random(seed);
        for (int row = 0; row < 200; row++) {
            double x = random.nextGaussian();
            String line = String.format(Locale.ROOT, "%.4f;%.4f\n", x, 2000 * x + 1000 * random.nextGaussian());
            text.append(name.startsWith("comma") ? line.replace('.', ',') : line);
        }
        return Files.writeString(
                Files.createDirectories(folder.resolve("data" + seed)).resolve(name), text);
    }
}
