package org.lungo.family.tables.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.data.Field;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.model.Mlp;
import org.lungo.model.Mlp.Normalization;
import org.lungo.nn.Activation;
import org.lungo.preprocess.Scale;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.preprocess.TablePreprocessor.Categories;
import org.lungo.preprocess.TablePreprocessor.Encode;
import org.lungo.preprocess.TablePreprocessor.Numbers;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/** Every configuration answers in ONNX Runtime as it does here, on rows with missing, unknown and far values. */
class OnnxModelTest {
    private static final int ROWS = 10_000;
    private static final TablePreprocessor USUAL = TablePreprocessor.DEFAULTS;

    @TempDir
    Path folder;

    static Stream<Arguments> networks() {
        List<Arguments> all = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            all.add(Arguments.of(new Mlp.Config(List.of(24), activation, 0, Normalization.NONE, false, 3, 1)));
        }
        for (int members : new int[] {1, 2, 8}) {
            for (Normalization normalization : Normalization.values()) {
                if (members == 1 || normalization != Normalization.BATCH) {
                    all.add(Arguments.of(new Mlp.Config(
                            List.of(32, 32, 16), Activation.SILU, 0.2, normalization, true, 8, members)));
                }
            }
        }
        all.add(Arguments.of(new Mlp.Config(List.of(), Activation.RELU, 0, Normalization.NONE, false, 5, 1)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesForEveryNetwork(Mlp.Config config) {
        for (Task task : Task.values()) {
            agrees(config, USUAL, task, 1e300);
        }
    }

    static Stream<Arguments> preprocessing() {
        List<Arguments> all = new ArrayList<>();
        for (Scale scale : Scale.values()) {
            for (int bins : new int[] {0, 6}) {
                Encode encode = Encode.values()[all.size() % Encode.values().length];
                all.add(Arguments.of(new Numbers(scale, bins == 0, bins), new Categories(encode, 8, 1, 32)));
            }
        }
        for (Encode encode : Encode.values()) {
            all.add(Arguments.of(Numbers.DEFAULTS, new Categories(encode, 3, 20, 7)));
        }
        return all.stream();
    }

    /**
     * Scales without a limit turn far numbers into far activations, whose rounding is of their size. Numbers as they are, tens
     * of thousands among them, make logits in the hundreds, of which FLOAT32 knows the fifth decimal: answers were 2.3e-5 apart
     * on a processor with AMX, less than 1e-5 on one without.
     */
    @ParameterizedTest
    @MethodSource("preprocessing")
    void agreesForEveryPreprocessing(Numbers numbers, Categories categories) {
        boolean limited = numbers.scale() == Scale.ROBUST || numbers.scale() == Scale.QUANTILE;
        TablePreprocessor preprocessor = new TablePreprocessor(numbers, categories, 1_000_000);
        Mlp.Config ensemble = new Mlp.Config(List.of(32), Activation.GELU, 0, Normalization.LAYER, false, 4, 4);
        double far = limited ? 1e300 : 1e3;
        double tolerance = numbers.scale() == Scale.NONE ? 1e-4 : OnnxModel.TOLERANCE;
        agrees(Samples.PLAIN, preprocessor, Task.MULTICLASS, far, tolerance);
        agrees(ensemble, preprocessor, Task.REGRESSION, far, tolerance);
    }

    @ParameterizedTest
    @EnumSource(Encode.class)
    void takesOneColumnOrSome(Encode encode) {
        Categories categories = new Categories(encode, 8, 1, 16);
        for (Field field : People.FEATURES.fields()) {
            if (!field.name().equals("nothing") || encode == Encode.EMBEDDING || encode == Encode.FREQUENCY) {
                TableBundle bundle = Samples.bundle(
                        Samples.PLAIN,
                        new TablePreprocessor(Numbers.DEFAULTS, categories, 1000),
                        Task.BINARY,
                        new Schema(List.of(field)));
                agrees(bundle, People.strange(500, 1e300));
            }
        }
    }

    @Test
    void answersTheSameForOneRowAsForMany() {
        try (Scope scope = Scope.open()) {
            TableBundle bundle = Samples.bundle(Samples.PLAIN, USUAL, Task.MULTICLASS);
            Table rows = People.strange(5000, 1e300); // more than one run takes
            try (OnnxScorer scorer = OnnxModel.of(bundle).scorer(bundle, 1)) {
                double[][] all = scorer.scores(rows);
                assertThat(all).hasDimensions(5000, 3);
                for (int row : new int[] {0, 1, 4999}) {
                    double[] alone = scorer.scores(rows.slice(row, row + 1))[0];
                    assertThat(alone).containsExactly(all[row], within(1e-6));
                }
            }
        }
    }

    @Test
    void refusesAFileThatAnswersDifferently() {
        try (Scope scope = Scope.open()) {
            TableBundle bundle = Samples.bundle(Samples.PLAIN, USUAL, Task.BINARY);
            Table rows = People.strange(100, 1e300);
            OnnxModel model = OnnxModel.of(bundle);
            assertThat(model.verify(bundle, rows, OnnxModel.TOLERANCE)
                            .description()
                            .verified())
                    .isNotNull();
            Samples.disturb((Mlp) bundle.model());
            assertThatThrownBy(() -> model.verify(bundle, rows, OnnxModel.TOLERANCE))
                    .isInstanceOf(DisagreementException.class)
                    .hasMessageContaining("must answer as the model does, to 1.0e-05. Received: a difference of")
                    .hasMessageContaining("of 100 that were compared; nothing was written");
        }
    }

    @Test
    void refusesAnotherLabel() {
        try (Scope scope = Scope.open()) {
            TableBundle bundle = Samples.bundle(Samples.PLAIN, USUAL, Task.BINARY);
            OnnxModel model = OnnxModel.of(bundle);
            TableBundle strict = new TableBundle(
                    bundle.architecture(),
                    bundle.table(),
                    bundle.target().withThreshold(0.999),
                    bundle.reading(),
                    bundle.model());
            assertThatThrownBy(() -> model.verify(strict, People.strange(1000, 1), 1))
                    .isInstanceOf(DisagreementException.class)
                    .hasMessageContaining("labels");
        }
    }

    /** Weights of 7 bits, inputs of 8 that share one scale. In the mean 0.003 to 0.009; numbers range over 5 deviations. */
    @ParameterizedTest
    @EnumSource(Task.class)
    void staysCloseIn8Bits(Task task) {
        for (int members : new int[] {1, 4}) {
            try (Scope scope = Scope.open()) {
                Mlp.Config config =
                        new Mlp.Config(List.of(64, 64), Activation.RELU, 0, Normalization.LAYER, true, 4, members);
                TableBundle bundle = Samples.bundle(config, USUAL, task);
                Table rows = DrawnRows.of(bundle.table(), 2000, Random.of(5));
                OnnxModel model = OnnxModel.int8(bundle);
                assertThat(meanDifference(bundle, model, rows)).isBetween(1e-4, task == Task.REGRESSION ? 0.1 : 0.02);
                assertThat(model.bytes().length).isLessThan(OnnxModel.of(bundle).bytes().length);
            }
        }
    }

    private static double meanDifference(TableBundle bundle, OnnxModel model, Table rows) {
        double[][] ours = new Scorer(bundle).scores(rows);
        double sum = 0;
        try (OnnxScorer scorer = model.scorer(bundle, 1)) {
            double[][] theirs = scorer.scores(rows);
            for (int row = 0; row < ours.length; row++) {
                sum += Math.abs(ours[row][0] - theirs[row][0]);
            }
        }
        double unit =
                bundle.target().task() == Task.REGRESSION ? bundle.target().deviation() : 1;
        return sum / ours.length / unit;
    }

    @Test
    void describesWhatItTakesAndGives() {
        try (Scope scope = Scope.open()) {
            Categories hashing = new Categories(Encode.HASHING, 8, 1, 16);
            TableBundle bundle =
                    Samples.bundle(Samples.PLAIN, new TablePreprocessor(Numbers.DEFAULTS, hashing, 1000), Task.BINARY);
            OnnxDescription description = OnnxModel.of(bundle).description();
            assertThat(description.inputs())
                    .extracting(OnnxDescription.Input::column)
                    .containsExactlyElementsOf(People.FEATURES.names());
            assertThat(description.inputs())
                    .extracting(OnnxDescription.Input::name)
                    .contains("age", "column label");
            assertThat(description.inputs())
                    .extracting(OnnxDescription.Input::type)
                    .containsOnly("double", "int64");
            assertThat(description.outside())
                    .extracting(OnnxDescription.Outside::column)
                    .containsExactly("plan", "city", "label", "nothing");
            assertThat(description.outputs())
                    .extracting(OnnxDescription.Output::name)
                    .containsExactly("probabilities", "label");
            assertThat(description.answer().classes()).containsExactly("no", "yes");
            assertThat(description.answer().threshold()).isEqualTo(0.4);
            assertThat(description.toJson())
                    .contains("\"shape\" : [ \"batch\", 1 ]")
                    .contains("\"opset\" : 18");
        }
    }

    @Test
    void writesTheFileAndItsDescription() throws IOException {
        try (Scope scope = Scope.open()) {
            OnnxModel model = OnnxModel.of(Samples.bundle(Samples.PLAIN, USUAL, Task.REGRESSION));
            Path file = folder.resolve("model.onnx");
            model.write(file);
            assertThat(file).hasBinaryContent(model.bytes());
            assertThat(folder.resolve("model.onnx.json"))
                    .hasContent(model.description().toJson());
            assertThatThrownBy(() -> model.write(file.resolve("below.onnx")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot write " + file.resolve("below.onnx"));
        }
    }

    private static void agrees(Mlp.Config config, TablePreprocessor preprocessor, Task task, double far) {
        agrees(config, preprocessor, task, far, OnnxModel.TOLERANCE);
    }

    private static void agrees(
            Mlp.Config config, TablePreprocessor preprocessor, Task task, double far, double tolerance) {
        try (Scope scope = Scope.open()) {
            agrees(Samples.bundle(config, preprocessor, task), People.strange(ROWS, far), tolerance);
        }
    }

    private static void agrees(TableBundle bundle, Table rows) {
        agrees(bundle, rows, OnnxModel.TOLERANCE);
    }

    private static void agrees(TableBundle bundle, Table rows, double tolerance) {
        OnnxModel model = OnnxModel.of(bundle);
        Agreement agreement = model.compare(bundle, rows);
        assertThat(agreement.rows()).isEqualTo(rows.rows());
        assertThat(agreement.labels()).isTrue();
        assertThat(agreement.relative()).isLessThanOrEqualTo(tolerance);
    }
}
