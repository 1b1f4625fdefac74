package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** A column of dates such as 1/31/2011, from the file to the answer for one row. */
class DateColumnTest {
    @TempDir
    Path folder;

    @Test
    void answersForARowAsForAFile() throws IOException {
        StringBuilder text = new StringBuilder("day,y\n");
        for (int i = 0; i < 365; i++) {
            java.time.LocalDate day = java.time.LocalDate.of(2011, 1, 1).plusDays(i);
            text.append(day.getMonthValue() + "/" + day.getDayOfMonth() + "/2011,");
            text.append(Math.sin(2 * Math.PI * i / 365)).append('\n');
        }
        Path csv = Files.writeString(folder.resolve("days.csv"), text);
        Path run = folder.resolve("run");
        Outcome<Evaluation> result = TableStudy.run(
                        csv.toString(), "y", "train.epochs=40", "model.hidden=[32]", "evaluate.importance=false")
                .into(run, Listener.NONE);
        assertThat(result.evaluation().metrics().get("r2")).isGreaterThan(0.9); // the year's circle gives it away
        Predictor predictor = Predictor.load(run);
        Path out = folder.resolve("out.csv");
        BatchPrediction.run(predictor, csv.toString(), out);
        try (TableReader reader = Source.of(out.toString()).open()) {
            Table answers = reader.read(reader.profile().schema(Map.of()));
            // A file's rows go through the model together and this one alone: single precision differs in the last
            // bits.
            assertThat(predictor.predict(Map.of("day", "1/31/2011")).value())
                    .isCloseTo(
                            answers.numbers("prediction").values()[30], org.assertj.core.api.Assertions.within(1e-5));
        }
    }
}
