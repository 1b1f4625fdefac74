package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lungo.data.NumberColumn;
import org.lungo.data.TextColumn;

/** Which columns of a wide table go with the predictions. */
class ColumnImportanceTest {
    private static final int ROWS = 100;

    private static double[][] scores() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> new double[] {row % 4 / 4.0, 1 - row % 4 / 4.0})
                .toArray(double[][]::new);
    }

    private static String[] texts(java.util.function.IntFunction<String> text) {
        return IntStream.range(0, ROWS).mapToObj(text).toArray(String[]::new);
    }

    @Test
    void ranksNumbersByTheirLine() {
        double[] same =
                IntStream.range(0, ROWS).mapToDouble(row -> 7 - 2 * (row % 4)).toArray();
        double[] other = IntStream.range(0, ROWS).mapToDouble(row -> row / 4).toArray();
        assertThat(ColumnImportance.together(new NumberColumn("same", same), scores()))
                .isCloseTo(1, within(1e-9));
        assertThat(ColumnImportance.together(new NumberColumn("other", other), scores()))
                .isLessThan(0.05);
        double[] constant = new double[ROWS];
        Arrays.fill(constant, Double.NaN);
        assertThat(ColumnImportance.together(new NumberColumn("constant", constant), scores()))
                .isZero();
    }

    @Test
    void ranksCategoriesByTheirMeans() {
        assertThat(ColumnImportance.together(new TextColumn("same", texts(row -> "c" + row % 4)), scores()))
                .isCloseTo(1, within(1e-9));
        assertThat(ColumnImportance.together(new TextColumn("other", texts(row -> "c" + row / 50)), scores()))
                .isLessThan(0.05);
    }

    /** A name of each row fits any predictions. */
    @Test
    void ranksNamesOfRowsLast() {
        assertThat(ColumnImportance.together(new TextColumn("name", texts(row -> "n" + row)), scores()))
                .isZero();
    }
}
