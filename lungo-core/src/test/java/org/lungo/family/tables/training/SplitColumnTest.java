package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.Finding;
import org.lungo.data.Schema;
import org.lungo.experiment.Cache;
import org.lungo.experiment.config.ConfigException;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

class SplitColumnTest {
    private static final String GROUPED = "data.split={type: grouped, column: grp}";
    private static final String TIME = "data.split={type: time, column: day}";

    @TempDir
    private Path folder;

    @Test
    void groupsAreNoFeatureUnlessDeclared() throws IOException {
        Found plan = plan("yes", GROUPED);
        assertThat(plan.features().names()).containsExactly("x", "day");
        assertThat(messages(plan))
                .contains("'grp' holds the groups of the split and is left out, as new rows come from other groups;"
                        + " features.grp: category keeps it");
        Found kept = plan("yes", GROUPED, "features={grp: category}");
        assertThat(kept.features().names()).containsExactly("x", "day", "grp");
        assertThat(messages(kept)).noneMatch(message -> message.contains("'grp'"));
        assertThat(kept.parts()).isEqualTo(plan.parts());
    }

    @Test
    void anIgnoredColumnStillDealsRows() throws IOException {
        Found plan = plan("yes", GROUPED, "features={grp: ignore}");
        assertThat(plan.features().names()).containsExactly("x", "day");
        assertThat(plan.parts()).isEqualTo(plan("yes", GROUPED).parts());
        assertThat(messages(plan)).isEmpty();
        Found timed = plan("yes", TIME, "features={day: ignore}");
        assertThat(timed.features().names()).containsExactly("x", "grp");
        assertThat(timed.parts()).isEqualTo(plan("yes", TIME).parts());
    }

    @Test
    void timesStayAFeatureAndItSaysSo() throws IOException {
        Found plan = plan("yes", TIME);
        assertThat(plan.features().names()).contains("day");
        assertThat(messages(plan))
                .containsExactly(
                        "'day' orders the rows of the split and is a feature too; features.day: ignore leaves it"
                                + " out");
        assertThat(messages(plan("yes", "data.split={type: time, column: grp}")).get(0))
                .contains("'grp' orders the rows of the split, in the order of its letters,");
    }

    @Test
    void aModelForGroupsNeedsNoGroup() throws IOException {
        Path run = TableStudy.run(table("yes").toString(), "answer", GROUPED, "train.epochs=1", "evaluate.folds=3")
                .into(folder.resolve("run"), Listener.NONE)
                .folder();
        assertThat(Predictor.load(run).features().names()).containsExactly("x", "day");
    }

    @Test
    void refusesAColumnThatIsMissingOrMeaningless() {
        assertThatThrownBy(() -> plan("yes", "data.split.type=grouped"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("E205: data.split.type: grouped and time need data.split.column");
        assertThatThrownBy(() -> plan("yes", "data.split.type=time")).hasMessageContaining("E205");
        assertThatThrownBy(() -> plan("yes", "data.split.column=grp"))
                .hasMessageContaining("E205: data.split.column has no effect without data.split.type: grouped, time");
        assertThatThrownBy(() -> plan("yes", "data.split={type: grouped, column: gpr}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data.split.column must be a column of the data. Received: 'gpr'")
                .hasMessageContaining("grp");
    }

    @Test
    void refusesClassesOfNumbers() {
        assertThatThrownBy(() -> plan("number", "data.split.type=stratified"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("E206: data.split.type must be random, grouped or time, as there are no classes,"
                        + " for a regression target. Received: stratified");
    }

    @Test
    void refusesRowsWithoutATime() throws IOException {
        Path csv = table("yes");
        Files.writeString(csv, Files.readString(csv).replace("2024-01-08", ""));
        assertThatThrownBy(() -> TableStudy.run(csv.toString(), "answer", TIME).look())
                .isInstanceOf(DataException.class)
                .hasMessage("every row must have a value in 'day' to be ordered by. Received: none in row 8; fill it in"
                        + " or remove the row");
    }

    /** What is found in a table. */
    private record Found(Schema features, List<Integer> parts, List<Finding> findings) {}

    private static List<String> messages(Found plan) {
        return plan.findings().stream().map(Finding::message).toList();
    }

    private Found plan(String kind, String... sets) throws IOException {
        Resolved<TableConfig> config =
                TableStudy.run(table(kind).toString(), "answer", sets).config();
        try (Cache cache = Cache.of(folder.resolve("look"))) {
            Prepared data = Prepared.read(config.value(), cache);
            TaskCheck.require(config, data);
            Parts parts = Parts.of(config.value(), data);
            return new Found(
                    data.features(List.of("answer")),
                    List.of(parts.train().rows(), parts.validation().rows(), parts.testRows()),
                    data.findings());
        }
    }

    private Path table(String kind) throws IOException {
        StringBuilder text = new StringBuilder("x,day,grp,answer\n");
        for (int row = 0; row < 280; row++) {
            double x = Math.sin(row * 1.7);
            text.append(x).append(String.format(",2024-%02d-%02d,g%d,", 1 + row / 28, 1 + row % 28, row / 9));
            text.append(kind.equals("yes") ? x > 0 ? "yes" : "no" : Double.toString(x * 3 + row % 5))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(kind + ".csv"), text);
    }
}
