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
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.data.TableWriter;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.family.tables.Predictor;
import org.lungo.train.Listener;

/** A class or category is the same, whichever program wrote its number. */
class ClassSpellingTest {
    private static final int ROWS = 120;
    private static final String UNKNOWN = "categories that training never saw count as unknown: ";

    private static final String FEATURES = "features={zip: category, other: ignore}";

    @TempDir
    private Path folder;

    @Test
    void evaluatesOneSpellingByAModelOfTheOther() throws IOException {
        for (String trained : List.of("%d", "%d.0")) {
            Path run = run(csv("train.csv", trained, trained, "0123"), FEATURES);
            String same = Reevaluation.on(
                            run, csv("same.csv", trained, trained, "0123").toString())
                    .toJson();
            for (Path other : List.of(
                    csv("whole.csv", "%d", "%d", "0123"),
                    csv("points.csv", "%d.0", "%d.0", "0123"),
                    csv("decimals.csv", "%d.00", "%d.00", "0123"),
                    json("rows.jsonl", "%d", "%d.0"),
                    parquet("rows.parquet"))) {
                EvaluationResult measured = Reevaluation.on(run, other.toString());
                assertThat(measured.evaluation().rows()).isEqualTo(ROWS);
                assertThat(measured.toJson()).as(trained + " " + other).isEqualTo(same);
            }
            Predictor predictor = Predictor.load(run);
            assertThat(predictor.target().classes()).containsExactly("0", "1");
            List<Map<String, Object>> rows =
                    List.of(Map.of("x", 0.3, "zip", "2"), Map.of("x", 0.3, "zip", "2.0"), Map.of("x", 0.3, "zip", 2.0));
            assertThat(predictor.predict(rows)).containsOnly(predictor.predict(rows.get(0)));
            assertThat(predictor.unknown(predictor.parse(rows))).isZero();
        }
    }

    @Test
    void testsOnTheOtherSpelling() throws IOException {
        Path test = csv("test.csv", "%d", "%d", "0123");
        Path run = run(csv("train.csv", "%d.0", "%d.0", "0123"), FEATURES, "data.test='" + test + "'");
        assertThat(Reevaluation.stored(run).evaluation().rows()).isEqualTo(ROWS);
        assertThat(Reevaluation.stored(run).toText()).doesNotContain(UNKNOWN);
    }

    @Test
    void evaluateNotesUnknownCategoriesAsPredictDoes() throws IOException {
        Path run = run(csv("train.csv", "%d", "%d", "01"), FEATURES);
        EvaluationResult measured =
                Reevaluation.on(run, csv("new.csv", "%d", "%d", "0123").toString());
        assertThat(measured.evaluation().notices()).contains(UNKNOWN + ROWS / 2);
        assertThat(measured.toText()).contains("notice: " + UNKNOWN + ROWS / 2);
    }

    @Test
    void readsLabelsInEitherSpelling() throws IOException {
        String rows = csv("train.csv", "%d.0", "%d", "0123").toString();
        Path run = TableStudy.run(rows, List.of("label", "other"), sets())
                .into(folder.resolve("labels"), Listener.NONE)
                .folder();
        String same = Reevaluation.on(run, rows).toJson();
        Path other = csv("other.csv", "%d", "%d", "0123");
        assertThat(Reevaluation.on(run, other.toString()).toJson()).isEqualTo(same);
    }

    @Test
    void saysWhichClassIsReadAsMissing() throws IOException {
        Path data = classes("none.csv", "None", "Mild");
        assertThatThrownBy(() -> run(data))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "the target 'label' must be known in every row. Received: 60 rows without it (60 'None'), the"
                                + " first is row 1; data.read.missing lists 'None' as missing: if it is a class, set"
                                + " data.read.missing without it, such as data.read.missing: ['']; else remove these rows");
        Path run = run(data, "data.read.missing=['']");
        assertThat(Predictor.load(run).target().classes()).containsExactly("Mild", "None");
        assertThat(Reevaluation.on(run, data.toString()).evaluation().rows()).isEqualTo(ROWS);
    }

    @Test
    void refusesRowsWithoutATargetWhereverTheyAreRead() throws IOException {
        Path run = run(classes("train.csv", "Mild", "Severe"));
        String gaps = classes("gaps.csv", "", "Mild").toString();
        String nulls = classes("nulls.csv", "NULL", "N/A").toString();
        assertThatThrownBy(() -> Reevaluation.on(run, gaps))
                .hasMessage(
                        "the target 'label' must be known in every row. Received: 60 rows without it (60 empty), the"
                                + " first is row 1; remove these rows");
        assertThatThrownBy(() -> run(classes("all.csv", "Mild", "Severe"), "data.test='" + nulls + "'"))
                .hasMessageContaining(
                        "120 rows without it (60 'N/A', 60 'NULL'), the first is row 1; data.read.missing lists"
                                + " 'N/A' and 'NULL' as missing: if they are classes, set data.read.missing without them");
    }

    @Test
    void namesTheTargetColumnThatEvaluateLacks() throws IOException {
        Path run = run(classes("train.csv", "Mild", "Severe"));
        Path lacks = Files.writeString(folder.resolve("lacks.csv"), "x,Label\n0.5,Mild\n");
        assertThatThrownBy(() -> Reevaluation.on(run, lacks.toString()))
                .isInstanceOf(DataException.class)
                .hasMessage(lacks + " must have the target column 'label'; did you mean 'Label'? Columns: x, Label");
        Path other = Files.writeString(folder.resolve("other.csv"), "label,y\nMild,0.5\nSevere,0.7\n");
        assertThatThrownBy(() -> Reevaluation.on(run, other.toString()))
                .hasMessage(other + " must have the column 'x'. Columns: label, y");
    }

    private Path run(Path data, String... sets) throws IOException {
        return TableStudy.run(data.toString(), "label", sets(sets))
                .into(folder.resolve("run-" + folder.toFile().list().length), Listener.NONE)
                .folder();
    }

    private static String[] sets(String... more) {
        List<String> all = new ArrayList<>(List.of("train.epochs=2", "model.hidden=[8]", "model.members=1"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static double x(int row) {
        return row * 37 % 100 / 100.0;
    }

    private static int label(int row) {
        return x(row) > 0.45 ? 1 : 0;
    }

    /** Formats of the label and of the category, of which the digits are given. */
    private Path csv(String name, String label, String zip, String digits) throws IOException {
        StringBuilder text = new StringBuilder("x,zip,label,other\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(x(row)).append(',').append(String.format(zip, digit(row, digits)));
            text.append(',').append(String.format(label, label(row)));
            text.append(',').append(String.format(label, row % 2)).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static int digit(int row, String digits) {
        return digits.charAt(row % digits.length()) - '0';
    }

    private Path json(String name, String label, String zip) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            text.append(String.format(
                    "{\"x\": %s, \"zip\": " + zip + ", \"label\": " + label + "}%n",
                    x(row),
                    digit(row, "0123"),
                    label(row)));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    /** Its numbers are doubles. */
    private Path parquet(String name) throws IOException {
        double[][] values = new double[3][ROWS];
        for (int row = 0; row < ROWS; row++) {
            values[0][row] = x(row);
            values[1][row] = digit(row, "0123");
            values[2][row] = label(row);
        }
        Path file = folder.resolve(name);
        try (TableWriter writer = TableWriter.to(file)) {
            writer.write(Table.of(List.of(
                    new NumberColumn("x", values[0]),
                    new NumberColumn("zip", values[1]),
                    new NumberColumn("label", values[2]))));
            writer.finish();
        }
        return file;
    }

    private Path classes(String name, String first, String second) throws IOException {
        StringBuilder text = new StringBuilder("x,label\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row / 100.0)
                    .append(',')
                    .append(row % 2 == 0 ? first : second)
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
