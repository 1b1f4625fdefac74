package org.lungo.preprocess;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.DataException;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import tools.jackson.databind.json.JsonMapper;

class TablePreprocessorTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("age", Kind.NUMBER), new Field("plan", Kind.CATEGORY)));
    private static final Table TRAIN = table(new double[] {1, 2, 3, 4, Double.NaN}, "a", "a", "b", "c", "a");

    @Test
    void scalesByClosedForms() {
        double[] sorted = {1, 2, 3, 4};
        assertThat(Scale.STANDARD.fit(sorted).apply(4)).isCloseTo(1.5 / Math.sqrt(1.25), within(1e-12));
        assertThat(Scale.MIN_MAX.fit(sorted).apply(4)).isEqualTo(1);
        assertThat(Scale.MIN_MAX.fit(sorted).apply(1)).isEqualTo(0);
        double robust = (4 - 2.5) / 1.5; // quartiles 1.75 and 3.25
        assertThat(Scale.ROBUST.fit(sorted).apply(4))
                .isCloseTo(robust / Math.sqrt(1 + robust * robust / 9), within(1e-12));
        assertThat(Scale.QUANTILE.fit(sorted).apply(2.5)).isCloseTo(0, within(1e-9));
        assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-8)); // published value
        assertThat(Scale.STANDARD.fit(7).apply(7)).isEqualTo(0); // a constant
    }

    @Test
    void imputesIndicatesAndEncodes() {
        FittedTable fitted = preprocessor(Scale.MIN_MAX).fit(TRAIN, SCHEMA);
        assertThat(fitted.numberNames()).containsExactly("age", "age=missing", "plan=a", "plan=b", "plan=c");
        Encoded rows = fitted.encode(table(new double[] {4, Double.NaN}, "c", "new"));
        assertThat(rows.numbers()).containsExactly(1, 0, 0, 0, 1, 0.5f, 1, 0, 0, 0);
        assertThat(fitted.unknown(table(new double[] {4, 4}, "c", "new"))).isEqualTo(1);
    }

    @Test
    void isTheSameAfterSavingAndLoading() {
        JsonMapper json = new JsonMapper();
        for (TablePreprocessor.Encode encode : TablePreprocessor.Encode.values()) {
            TablePreprocessor preprocessor = new TablePreprocessor(
                    new TablePreprocessor.Numbers(Scale.QUANTILE, true, 2),
                    new TablePreprocessor.Categories(encode, 1, 1, 16),
                    100);
            FittedTable fitted = preprocessor.fit(TRAIN, SCHEMA);
            FittedTable loaded = json.readValue(json.writeValueAsString(fitted), FittedTable.class);
            assertThat(loaded.encode(TRAIN).numbers())
                    .isEqualTo(fitted.encode(TRAIN).numbers());
            assertThat(loaded.encode(TRAIN).categories())
                    .isEqualTo(fitted.encode(TRAIN).categories());
            assertThat(loaded.cardinalities()).isEqualTo(fitted.cardinalities());
        }
    }

    @Test
    void refusesInfiniteNumbers() {
        assertThatThrownBy(() -> preprocessor(Scale.STANDARD)
                        .fit(table(new double[] {1, Double.POSITIVE_INFINITY}, "a", "b"), SCHEMA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'age' must hold finite numbers");
    }

    @Test
    void learnsTheTarget() {
        assertThat(FittedTarget.infer(new TextColumn("y", new String[] {"a", "b", "c"})))
                .isEqualTo(Task.MULTICLASS);
        assertThat(FittedTarget.infer(new NumberColumn("y", new double[] {0, 1, 1})))
                .isEqualTo(Task.BINARY);
        FittedTarget target = FittedTarget.fit(new NumberColumn("y", new double[] {10, 9, 1}), Task.MULTICLASS);
        assertThat(target.classes()).containsExactly("1", "9", "10");
        FittedTarget number = FittedTarget.fit(new NumberColumn("y", new double[] {1, 3}), Task.REGRESSION);
        assertThat(number.restore(number.scaled(new NumberColumn("y", new double[] {7}))[0]))
                .isCloseTo(7, within(1e-6));
    }

    @Test
    void takesSmallWholeNumbersWithoutGapsForClasses() {
        for (double[] classes : new double[][] {
            {2, 0, 1, 1}, {3, 1, 2}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, {1, 2, NaN, 3}
        }) {
            assertThat(FittedTarget.infer(new NumberColumn("y", classes))).isEqualTo(Task.MULTICLASS);
        }
        for (double[] numbers : new double[][] {
            {0, 1, 3},
            {2, 3, 4},
            {3, 4, 5, 6, 7, 8},
            {-1, 0, 1},
            {0, 1, 1.5, 2},
            {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
            {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
            {1}
        }) {
            assertThat(FittedTarget.infer(new NumberColumn("y", numbers))).isEqualTo(Task.REGRESSION);
        }
    }

    @Test
    void refusesTargetsThatCannotBePredicted() {
        assertThatThrownBy(() -> FittedTarget.fit(new TextColumn("y", new String[] {"a", "a"}), Task.BINARY))
                .hasMessageContaining("two classes or more. Received: only 'a'");
        assertThatThrownBy(() -> FittedTarget.fit(new TextColumn("y", new String[] {"a", null}), Task.BINARY))
                .hasMessageContaining("1 rows without it, the first is row 2");
        FittedTarget target = FittedTarget.fit(new TextColumn("y", new String[] {"a", "b"}), Task.BINARY);
        assertThatThrownBy(() -> target.classIndices(new TextColumn("y", new String[] {"z"})))
                .hasMessageContaining("one of the classes [a, b]. Received: 'z'");
    }

    private static TablePreprocessor preprocessor(Scale scale) {
        return new TablePreprocessor(
                new TablePreprocessor.Numbers(scale, true, 0), TablePreprocessor.Categories.DEFAULTS, 100);
    }

    private static Table table(double[] ages, String... plans) {
        return Table.of(List.of(new NumberColumn("age", ages), new TextColumn("plan", plans)));
    }
}
