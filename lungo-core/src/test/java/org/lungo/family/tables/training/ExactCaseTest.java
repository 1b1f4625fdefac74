package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.data.Source;
import org.lungo.data.TableReader;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.family.tables.BatchJob;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** Classes, categories and columns that differ only by case, on their whole way. */
class ExactCaseTest {
    private static final int ROWS = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"heap", "stream"})
    void areDifferentFromTrainingToParquet(String memory) throws IOException {
        Path data = rows();
        Path run = TableStudy.run(
                        data.toString(), "Label", "train.epochs=2", "model.hidden=[8]", "data.memory=" + memory)
                .into(folder.resolve("run"), Listener.NONE)
                .folder();
        Predictor predictor = Predictor.load(run);
        assertThat(predictor.target().classes()).containsExactly("A", "a");
        assertThat(predictor.features().names()).containsExactly("X", "x", "Plan", "plan");
        assertThat(predictor.choices()).containsOnlyKeys("Plan", "plan");
        assertThat(predictor.predict(Map.of("X", 0.9))).isNotEqualTo(predictor.predict(Map.of("x", 0.9)));
        assertThat(Reevaluation.on(run, data.toString()).evaluation().rows()).isEqualTo(ROWS);
        assertThat(names(run.resolve("predictions.parquet")))
                .containsExactly("target", "prediction", "probability_A", "probability_a");
        for (String out : List.of("answers.parquet", "answers.csv")) {
            BatchJob job = BatchJob.of(data.toString(), folder.resolve(out)).keeping("x", "X");
            BatchPrediction.run(predictor, job, BatchListener.NONE);
            assertThat(names(folder.resolve(out)))
                    .containsExactly("row", "x", "X", "prediction", "probability_A", "probability_a");
        }
    }

    @Test
    void areSplitIntoPartsAndJoined() throws IOException {
        Path run = TableStudy.run(rows().toString(), "Label", "train.epochs=1", "model.hidden=[8]", "model.members=1")
                .into(folder.resolve("run"), Listener.NONE)
                .folder();
        Path out = folder.resolve("parts.parquet");
        BatchJob whole = BatchJob.of(rows().toString(), out).keeping("X", "x");
        BatchJob job = new BatchJob(
                whole.input(),
                whole.output(),
                whole.keep(),
                new BatchOrder.Going(0, 100, false),
                BatchOrder.UNLIMITED,
                true);
        BatchPrediction.run(Predictor.load(run), job, BatchListener.NONE);
        try (TableReader reader = Source.of(out.toString()).open()) {
            assertThat(reader.names()).containsExactly("row", "X", "x", "prediction", "probability_A", "probability_a");
            assertThat(reader.count()).isEqualTo(ROWS);
        }
    }

    private static List<String> names(Path file) {
        try (TableReader reader = Source.of(file.toString()).open()) {
            return reader.names();
        }
    }

    private Path rows() throws IOException {
        StringBuilder text = new StringBuilder("X,x,Plan,plan,Label\n");
        for (int row = 0; row < ROWS; row++) {
            double x = row * 37 % ROWS / (double) ROWS;
            text.append(x).append(',').append(row * 91 % ROWS / (double) ROWS);
            text.append(row % 2 == 0 ? ",gold,Gold," : ",Gold,basic,");
            text.append(x > 0.5 ? "A\n" : "a\n");
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }
}
