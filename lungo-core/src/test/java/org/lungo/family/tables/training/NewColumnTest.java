package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import org.lungo.experiment.TrainingMemory;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.model.Joined;
import org.lungo.model.Model;
import org.lungo.nn.Layer;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameters;
import org.lungo.nn.VectorShape;
import org.lungo.preprocess.Encoded;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.preprocess.Transform;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Listener;
import tools.jackson.databind.json.JsonMapper;

/** A kind of column that the library does not know is encoded, read by a part of the network, trained on, saved and loaded. */
@ExtendWith(DirtyMemory.class)
class NewColumnTest {
    private static final int ROWS = 256;
    private static final JsonMapper JSON =
            JsonMapper.builder().registerSubtypes(Squares.class).build();

    /** So small that it trains within a second. */
    private static final String CONFIG = "target: answer\n"
            + "model: {hidden: [24], members: 2, text: {bag: {embedding: 4, pairs: 8}}}\n"
            + "train: {epochs: 60, batch_size: 32, learning_rate: 0.02}\n";

    @TempDir
    private Path folder;

    /** A text of four characters as a picture of two by two, 1 for {@code #}: all that a new kind of column is. */
    @JsonTypeName("squares")
    private record Squares(String column, int width) implements Fitted.Shaped {
        @Override
        public List<Integer> shape() {
            return List.of(2, 2);
        }

        @Override
        public VectorShape reader() {
            return new Corner.Shape(width);
        }

        @Override
        public void write(Column column, float[] target) {
            for (int row = 0; row < column.rows(); row++) {
                for (int i = 0; i < size(); i++) {
                    target[row * size() + i] = column.text(row).charAt(i) == '#' ? 1 : 0;
                }
            }
        }
    }

    private record Corner(Linear linear) implements Layer {
        /** {@code x}: [rows, 2, 2]. Returns [rows, width]. */
        @Override
        public Tensor forward(Tensor x) {
            return linear.forward(x.flatten(1, 2)).relu();
        }

        private record Shape(int width) implements VectorShape {
            @Override
            public Layer build(Random random) {
                return new Corner(new Linear.Config(4, width, true).build(random));
            }

            @Override
            public double count() {
                return 5.0 * width;
            }

            @Override
            public double keptPerRow() {
                return 4 + 2.0 * width;
            }
        }
    }

    private static final Map<Kind, Transform> KINDS = Map.of(Kind.CATEGORY, column -> new Squares(column.name(), 6));

    /** Rows whose answer is in the picture, if there are numbers or texts in them, too. */
    private static Table rows() {
        double[] x = new double[ROWS];
        @Nullable String[] pictures = new String[ROWS];
        @Nullable String[] words = new String[ROWS];
        @Nullable String[] answers = new String[ROWS];
        for (int row = 0; row < ROWS; row++) {
            x[row] = Math.sin(row * 1.7);
            int bits = row * 7 % 16;
            StringBuilder picture = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                picture.append((bits >> i & 1) == 1 ? '#' : '.');
            }
            pictures[row] = picture.toString();
            words[row] = "some words " + row % 5;
            answers[row] = (bits & 1) == (bits >> 3 & 1) ? "yes" : "no";
        }
        return Table.of(List.of(
                new NumberColumn("x", x),
                new TextColumn("picture", pictures),
                new TextColumn("words", words),
                new TextColumn("answer", answers)));
    }

    private static Schema features(String names) {
        Map<String, Kind> kinds = Map.of("x", Kind.NUMBER, "picture", Kind.CATEGORY, "words", Kind.TEXT);
        return new Schema(List.of(names.split(" ")).stream()
                .map(name -> new Field(name, kinds.get(name)))
                .toList());
    }

    private static FittedTable table(String features) {
        return TablePreprocessor.DEFAULTS.fit(rows(), features(features), KINDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture", "x picture", "x picture words"})
    void isLearnedFromByEveryNetwork(String features) {
        Table rows = rows();
        TableConfig config = TableConfig.FILE
                .read("a.yaml", CONFIG, features.endsWith("words") ? List.of("model.type=text_bag") : List.of())
                .value();
        FittedTable table = table(features);
        FittedTarget target = FittedTarget.fit(rows, List.of("answer"), Task.BINARY);
        Learned learned = new Learned(target, table, rows);
        try (Scope scope = Scope.open()) {
            Fitting fitting = Fitting.run(config, learned, rows, rows, Storage.files(folder), null, Listener.NONE);
            TableBundle bundle = fitting.bundle();
            double[][] scores = new Scorer(bundle).scores(rows);
            assertThat(bundle.model()).isInstanceOf(Joined.class);
            for (int row = 0; row < ROWS; row++) {
                assertThat(scores[row][1] > 0.5)
                        .as("row " + row)
                        .isEqualTo(rows.column("answer").text(row).equals("yes"));
            }
            TrainingMemory memory = TableMemory.of(config, learned.inputs(), ROWS, false);
            assertThat(memory.weights())
                    .isEqualTo(20 * Parameters.of(bundle.model()).count());
            assertThat(memory.data()).isGreaterThanOrEqualTo(ROWS * (4 * 4 + 8));
            loadsAgain(bundle, rows, scores);
            assertThatThrownBy(() -> OnnxModel.of(bundle))
                    .hasMessageStartingWith(
                            "an ONNX file cannot hold a network that reads columns with a shape of their own;")
                    .hasMessageEndingWith("Received: a model of picture");
        }
    }

    /** What a bundle does when it is loaded. */
    private static void loadsAgain(TableBundle bundle, Table rows, double[][] scores) {
        FittedTable table = JSON.readValue(JSON.writeValueAsString(bundle.table()), FittedTable.class);
        assertThat(JSON.writeValueAsString(table)).isEqualTo(JSON.writeValueAsString(bundle.table()));
        Model model = bundle.architecture().build(TableBundle.inputs(table, bundle.target()), Random.of(0));
        Parameters.of(model).load(Parameters.of(bundle.model()).tensors());
        TableBundle loaded = new TableBundle(bundle.architecture(), table, bundle.target(), bundle.reading(), model);
        assertThat(new Scorer(loaded).scores(rows)).isDeepEqualTo(scores);
    }

    @Test
    void isCutAndJoinedAsOtherColumnsAre() {
        Encoded all = table("x picture").encode(rows());
        Encoded again = Encoded.concat(List.of(all.slice(0, 100), all.slice(100, 101), all.slice(101, ROWS)));
        assertThat(again.shaped()).hasSize(1);
        assertThat(again.shaped().get(0).values())
                .hasSize(ROWS * 4)
                .isEqualTo(all.shaped().get(0).values());
        assertThat(again.shaped().get(0).shape(ROWS)).containsExactly(ROWS, 2, 2);
        assertThat(again.numbers()).isEqualTo(all.numbers());
    }
}
