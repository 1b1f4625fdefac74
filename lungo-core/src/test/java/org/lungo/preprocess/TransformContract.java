package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import tools.jackson.databind.json.JsonMapper;

/** What everything that is learned from a column must do. A test class implements it and names columns and answers. */
interface TransformContract {
    JsonMapper JSON = new JsonMapper();

    /** What is done with the column. */
    TablePreprocessor preprocessor();

    /** The kind of the column. */
    Kind kind();

    /** The training rows, one of them without value. */
    Column train();

    /** Other rows: values that training did not have, and a missing one. */
    Column others();

    /** What the other rows become, row by row, from the formula in Java doubles. */
    double[][] expected();

    /** False when nothing depends on the training rows. */
    default boolean learns() {
        return true;
    }

    @Test
    default void otherRowsFollowTheClosedForm() {
        double[][] rows = rows(fit(train()), others());
        assertThat(rows).hasDimensions(others().rows(), expected()[0].length);
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                double expected = expected()[row][i];
                // The answers are float32: half a unit in the last place is 6e-8 of the value.
                double tolerance = 1e-7 * Math.max(1, Math.abs(expected));
                assertThat(rows[row][i]).as("row " + row + ", output " + i).isCloseTo(expected, within(tolerance));
            }
        }
    }

    @Test
    default void learnsFromTrainingRowsOnly() {
        FittedTable fitted = fit(train());
        String before = JSON.writeValueAsString(fitted);
        double[][] alone = rows(fitted, train());
        double[][] among = rows(fitted, joined());
        for (int row = 0; row < alone.length; row++) {
            assertThat(among[row]).isEqualTo(alone[row]);
        }
        assertThat(JSON.writeValueAsString(fitted)).isEqualTo(before);
        // The other rows would have changed what is learned: that they do not is no accident.
        assertThat(JSON.writeValueAsString(fit(joined())).equals(before)).isNotEqualTo(learns());
    }

    @Test
    default void answersTheSameAfterSavingAndLoading() {
        FittedTable fitted = fit(train());
        FittedTable loaded = JSON.readValue(JSON.writeValueAsString(fitted), FittedTable.class);
        assertThat(rows(loaded, joined())).isDeepEqualTo(rows(fitted, joined()));
        assertThat(loaded.numberNames()).isEqualTo(fitted.numberNames());
        assertThat(loaded.cardinalities()).isEqualTo(fitted.cardinalities());
        assertThat(loaded.features()).isEqualTo(fitted.features());
    }

    @Test
    default void encodesARowAloneAsAmongOthers() {
        FittedTable fitted = fit(train());
        double[][] among = rows(fitted, joined());
        for (int row = 0; row < among.length; row++) {
            assertThat(rows(fitted, joined().select(new int[] {row}))).isDeepEqualTo(new double[][] {among[row]});
        }
    }

    @Test
    default void knowsItsWidth() {
        FittedTable fitted = fit(train());
        Encoded encoded = fitted.encode(Table.of(List.of(train())));
        assertThat(fitted.numberWidth()).isEqualTo(fitted.numberNames().size()).isEqualTo(encoded.numberWidth());
        assertThat(fitted.categoryWidth())
                .isEqualTo(fitted.cardinalities().size())
                .isEqualTo(encoded.categoryWidth());
    }

    @Test
    default void doesNotDependOnTheOrderOfRows() {
        int last = train().rows() - 1;
        int[] reversed = IntStream.rangeClosed(0, last).map(row -> last - row).toArray();
        assertThat(JSON.writeValueAsString(fit(train().select(reversed))))
                .isEqualTo(JSON.writeValueAsString(fit(train())));
    }

    @Test
    default void givesFiniteNumbersAndIndicesInRange() {
        FittedTable fitted = fit(train());
        Encoded encoded = fitted.encode(Table.of(List.of(joined())));
        assertThat(encoded.numbers())
                .hasSize(joined().rows() * fitted.numberNames().size());
        for (float number : encoded.numbers()) {
            assertThat(number).isFinite();
        }
        for (long index : encoded.categories()) {
            assertThat(index).isBetween(0L, fitted.cardinalities().get(0) - 1L);
        }
    }

    @Test
    default void writesIntoItsOwnPlaceOnly() {
        double[] counts = IntStream.range(0, train().rows()).asDoubleStream().toArray();
        NumberColumn left = new NumberColumn("left", counts);
        NumberColumn right = new NumberColumn("right", counts);
        Table table = Table.of(List.of(left, train(), right));
        Schema schema = new Schema(List.of(
                new Field("left", Kind.NUMBER), new Field(train().name(), kind()), new Field("right", Kind.NUMBER)));
        FittedTable alone = fit(train());
        Encoded among = preprocessor().fit(table, schema).encode(table);
        int width = alone.numberNames().size();
        double[][] expected = rows(alone, train());
        for (int row = 0; row < train().rows(); row++) {
            for (int i = 0; i < width; i++) {
                assertThat((double) among.numbers()[row * (width + 2) + 1 + i]).isEqualTo(expected[row][i]);
            }
        }
        assertThat(among.categories())
                .isEqualTo(alone.encode(Table.of(List.of(train()))).categories());
    }

    @Test
    default void learnsFromAColumnWithoutAnyValue() {
        int[] missing = IntStream.range(0, train().rows())
                .filter(row -> train().missing(row))
                .toArray();
        assertThat(missing).isNotEmpty();
        double[][] rows = rows(fit(train().select(missing)), others());
        assertThat(rows).hasNumberOfRows(others().rows());
    }

    private Column joined() {
        return Table.concat(List.of(Table.of(List.of(train())), Table.of(List.of(others()))))
                .column(train().name());
    }

    private FittedTable fit(Column column) {
        return preprocessor().fit(Table.of(List.of(column)), new Schema(List.of(new Field(column.name(), kind()))));
    }

    /** Numbers and indices of each row, one after the other. */
    private static double[][] rows(FittedTable fitted, Column column) {
        Encoded encoded = fitted.encode(Table.of(List.of(column)));
        int numbers = encoded.numberWidth();
        int indices = encoded.categoryWidth();
        double[][] rows = new double[encoded.rows()][numbers + indices];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < numbers; i++) {
                rows[row][i] = encoded.numbers()[row * numbers + i];
            }
            for (int i = 0; i < indices; i++) {
                rows[row][numbers + i] = encoded.categories()[row * indices + i];
            }
        }
        return rows;
    }
}
