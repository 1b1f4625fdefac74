package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** Three labels with known rules: right when x is above 0, high when y is, both when the two together are. */
class MultilabelTest {
    private static final List<String> LABELS = List.of("right", "high", "both");

    @TempDir
    Path folder;

    @Test
    void learnsTheRulesOfThreeLabels() throws IOException {
        Path csv = table(1500);
        Outcome<Evaluation> result = run("run", csv, "train.epochs=40");
        // A perfect answer is 1; always the likelier value of each label would be right in every label for about a
        // third.
        assertThat(result.evaluation().metrics().get("accuracy")).isGreaterThan(0.85);
        assertThat(result.evaluation().metrics().get("f1")).isGreaterThan(0.93);
        assertThat(result.evaluation().scores().baseline().get("accuracy")).isLessThan(0.5);
        assertThat(result.evaluation().toText()).contains("right", "high", "both", "weighted avg");
        assertThat(result.next())
                .containsExactly("lungo evaluate " + result.folder(), "lungo predict " + result.folder() + " " + csv);
        Predictor predictor = Predictor.load(result.folder());
        assertThat(predictor.target().describe()).isEqualTo("3 labels");
        Prediction low = predictor.predict(Map.of("x", 0.8, "y", -0.9));
        assertThat(low.labels()).containsExactly("right");
        assertThat(low.label()).isNull();
        assertThat(low.probabilities()).containsOnlyKeys("right", "high", "both");
        assertThat(predictor.predict(Map.of("x", -0.9, "y", -0.9)).labels()).isEmpty();
        assertThat(Reevaluation.stored(result.folder()).metrics())
                .isEqualTo(result.evaluation().metrics());
        assertThat(Reevaluation.on(result.folder(), csv.toString()).evaluation().rows())
                .isEqualTo(1500);
    }

    @Test
    void answersInTheLabelsOwnWords() throws IOException {
        Path csv = table(600);
        Path out = folder.resolve("out.csv");
        Outcome<Evaluation> result = run("run", csv, "train.epochs=40");
        BatchPrediction.run(Predictor.load(result.folder()), csv.toString(), out);
        Table answers = read(out);
        assertThat(answers.names())
                .containsExactly(
                        "row",
                        "prediction_right",
                        "probability_right",
                        "prediction_high",
                        "probability_high",
                        "prediction_both",
                        "probability_both");
        assertThat(answers.texts("prediction_right").values()).containsOnly("no", "yes");
        assertThat(answers.numbers("prediction_high").values()).containsOnly(0, 1);
        assertThat(answers.texts("prediction_both").values()).containsOnly("false", "true");
        Table tested = read(result.folder().resolve("predictions.parquet"));
        assertThat(tested.names()).hasSize(9).contains("target_right", "prediction_right", "probability_right");
    }

    @Test
    void givesTheSameBitsWhenRowsAreStreamedAndFoldsAreDealt() throws IOException {
        Path csv = table(400);
        String[] sets = {"train.epochs=2", "evaluate.folds=2", "data.split.type=stratified"};
        run("heap", csv, add(sets, "data.memory=heap"));
        run("stream", csv, add(sets, "data.memory=stream"));
        for (String file : List.of("model/model.safetensors", "metrics.json")) {
            assertThat(folder.resolve("stream/" + file)).hasSameBinaryContentAs(folder.resolve("heap/" + file));
        }
    }

    @Test
    void refusesLabelsThatAreNone() throws IOException {
        Path csv = table(100);
        assertThatThrownBy(() -> TableStudy.run(csv.toString(), List.of("right", "colour"))
                        .into(folder.resolve("a"), Listener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "a label must have two values, such as 0 and 1 or no and yes. Received: 3 in 'colour'");
        assertThatThrownBy(() -> TableStudy.run(csv.toString(), List.of("right", "hihg"))
                        .into(folder.resolve("b"), Listener.NONE))
                .hasMessageContaining("no target column 'hihg'")
                .hasMessageContaining("did you mean 'high'?");
        assertThatThrownBy(() -> TableStudy.run(csv.toString(), "right", "target.task=multilabel"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("target.columns go with task: multilabel");
        assertThatThrownBy(() -> TableConfig.FILE.read("a.yaml", "version: 1\ntarget: [right]\n", List.of()))
                .hasMessageContaining("target.columns must be two or more different columns. Received: [right]");
    }

    @Test
    void takesAListForTheTarget() {
        TableConfig config = TableConfig.FILE
                .read("a.yaml", "version: 1\ndata: a.csv\ntarget: [right, high]\n", List.of())
                .value();
        assertThat(config.target().names()).containsExactly("right", "high");
    }

    private Outcome<Evaluation> run(String name, Path csv, String... sets) throws IOException {
        String[] all = add(
                sets, "evaluate.importance=false", "model.hidden=[32]", "model.members=2", "features={colour: ignore}");
        return TableStudy.run(csv.toString(), LABELS, all).into(folder.resolve(name), Listener.NONE);
    }

    private static String[] add(String[] sets, String... more) {
        List<String> all = new ArrayList<>(List.of(sets));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Table read(Path file) {
        try (TableReader reader = Source.of(file.toString()).open()) {
            return reader.read(reader.profile().schema(Map.of()));
        }
    }

    private Path table(int rows) throws IOException {
        StringBuilder text = new StringBuilder("x,y,colour,right,high,both\n");
        java.util.Random random = new java.util.Random(11);
        for (int row = 0; row < rows; row++) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            text.append(x).append(',').append(y).append(",c").append(row % 3);
            text.append(x > 0 ? ",yes" : ",no").append(y > 0 ? ",1" : ",0");
            text.append(x + y > 0 ? ",true" : ",false").append('\n');
        }
        return Files.writeString(folder.resolve("labels.csv"), text);
    }
}
