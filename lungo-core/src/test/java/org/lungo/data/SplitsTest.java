package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

class SplitsTest {
    private static final int ROWS = 103;
    private static final NumberColumn COLUMN = new NumberColumn(
            "c", IntStream.range(0, ROWS).mapToDouble(i -> i % 7 == 0 ? 1 : 0).toArray());
    private static final NumberColumn GROUPS = new NumberColumn(
            "g", IntStream.range(0, ROWS).mapToDouble(i -> i / 4).toArray());

    @Test
    void dealsEveryRowOnce() {
        for (Splits.Type type : Splits.Type.values()) {
            List<int[]> parts = Splits.parts(type, ROWS, GROUPS, Random.of(1), 0.7, 0.2, 0.1);
            int[] all = parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
            assertThat(all)
                    .as(type.toString())
                    .isEqualTo(IntStream.range(0, ROWS).toArray());
            List<int[]> folds = Splits.folds(
                    type == Splits.Type.STRATIFIED ? Splits.Type.RANDOM : type, 5, ROWS, GROUPS, Random.of(1));
            assertThat(folds.stream().mapToInt(f -> f.length).sum()).isEqualTo(ROWS);
        }
    }

    @Test
    void keepsTheSharesOfClasses() {
        for (int[] fold : Splits.folds(Splits.Type.STRATIFIED, 5, ROWS, COLUMN, Random.of(1))) {
            long ones =
                    Arrays.stream(fold).filter(row -> COLUMN.values()[row] == 1).count();
            assertThat(ones).isBetween(3L, 3L);
        }
    }

    @Test
    void keepsGroupsTogether() {
        Set<Double> seen = new HashSet<>();
        for (int[] fold : Splits.folds(Splits.Type.GROUPED, 5, ROWS, GROUPS, Random.of(1))) {
            Set<Double> own = new HashSet<>();
            Arrays.stream(fold).forEach(row -> own.add(GROUPS.values()[row]));
            assertThat(seen).doesNotContainAnyElementsOf(own);
            seen.addAll(own);
        }
    }

    @Test
    void putsTheLatestRowsLast() {
        List<int[]> parts = Splits.parts(Splits.Type.TIME, ROWS, GROUPS, Random.of(1), 0.5, 0.5);
        assertThat(Arrays.stream(parts.get(0)).max().orElseThrow())
                .isLessThan(Arrays.stream(parts.get(1)).min().orElseThrow());
    }

    @Test
    void refusesSharesThatDoNotSumToOne() {
        assertThatThrownBy(() -> Splits.parts(Splits.Type.RANDOM, ROWS, COLUMN, Random.of(1), 0.7, 0.7))
                .hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> Splits.folds(Splits.Type.STRATIFIED, 50, ROWS, COLUMN, Random.of(1)))
                .hasMessageContaining("use fewer folds");
    }
}
