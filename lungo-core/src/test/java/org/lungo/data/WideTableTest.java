package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of more columns than a query takes. */
final class WideTableTest {
    private static final int COLUMNS = 2 * ColumnGroups.COLUMNS + 7;
    private static final int ROWS = 23;

    @TempDir
    private Path folder;

    /** Every third column holds words, every third dates, the others numbers; all have missing values. */
    private static String value(int row, int column) {
        if ((row + column) % 11 == 0) {
            return " NA ";
        }
        return switch (column % 3) {
            case 0 -> "word " + (row * column) % 5;
            case 1 -> "2024-01-" + (10 + (row + column) % 20);
            default -> row * 0.5 - column + "";
        };
    }

    private static boolean isNumber(int column) {
        return column % 3 == 2;
    }

    /** The numbers of a column that are not missing, as whole numbers of halves. */
    private static int[] halves(int column) {
        return IntStream.range(0, ROWS)
                .filter(row -> (row + column) % 11 != 0)
                .map(row -> row - 2 * column)
                .toArray();
    }

    /** What was found in a column of numbers is what is counted here; sums are of whole numbers, and rounded once. */
    private static void assertCounted(ColumnProfile found, int column) {
        int[] halves = halves(column);
        long sum = Arrays.stream(halves).asLongStream().sum();
        long squares = Arrays.stream(halves).asLongStream().map(x -> x * x).sum();
        int n = halves.length;
        double deviation = Math.sqrt((n * squares - sum * sum) / (4.0 * n * (n - 1)));
        assertThat(found.kind()).isEqualTo(Kind.NUMBER);
        assertThat(found.present()).isEqualTo(n);
        assertThat(found.numbers()).isEqualTo(n);
        assertThat(found.distinct()).isEqualTo(Arrays.stream(halves).distinct().count());
        assertThat(found.range().min()).isEqualTo(Arrays.stream(halves).min().orElseThrow() / 2.0);
        assertThat(found.range().max()).isEqualTo(Arrays.stream(halves).max().orElseThrow() / 2.0);
        assertThat(found.range().mean()).isEqualTo(sum / 2.0 / n);
        assertThat(found.range().deviation()).isCloseTo(deviation, within(4 * Math.ulp(deviation)));
    }

    private String file(String name, int from, int to) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(IntStream.range(from, to).mapToObj(c -> "c" + c).collect(Collectors.joining(",")));
        for (int row = 0; row < ROWS; row++) {
            int at = row;
            lines.add(IntStream.range(from, to).mapToObj(c -> value(at, c)).collect(Collectors.joining(",")));
        }
        return Files.write(folder.resolve(name), lines).toString();
    }

    @Test
    void isReadAsItsColumnsAloneAreRead() throws IOException {
        try (TableReader wide = Source.of(file("wide.csv", 0, COLUMNS)).open()) {
            Profile profile = wide.profile();
            Schema schema = profile.schema(Map.of());
            List<Table> chunks = new ArrayList<>();
            wide.read(schema, 10, chunks::add);
            assertThat(chunks).extracting(Table::rows).containsExactly(10, 10, 3);
            Table whole = wide.read(schema);
            Table head = wide.head(schema, 4);
            assertThat(head.rows()).isEqualTo(4);
            for (int from = 0; from < COLUMNS; from += 50) {
                int to = Math.min(COLUMNS, from + 50);
                try (TableReader narrow =
                        Source.of(file("narrow.csv", from, to)).open()) {
                    Profile part = narrow.profile();
                    for (int column = from; column < to; column++) {
                        ColumnProfile found = profile.columns().get(column);
                        ColumnProfile alone = part.columns().get(column - from);
                        assertThat(found.examples()).isEqualTo(alone.examples());
                        if (isNumber(column)) {
                            assertCounted(found, column);
                        } else {
                            assertThat(found).isEqualTo(alone);
                        }
                    }
                    Table columns = narrow.read(part.schema(Map.of()));
                    for (String name : columns.names()) {
                        for (int row = 0; row < ROWS; row++) {
                            String text = columns.column(name).text(row);
                            assertThat(whole.column(name).text(row)).isEqualTo(text);
                            assertThat(chunks.get(row / 10).column(name).text(row % 10))
                                    .isEqualTo(text);
                            assertThat(row >= 4 || head.column(name).text(row).equals(text))
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    @Test
    void namesTheFirstColumnWithABadValue() throws IOException {
        try (TableReader wide = Source.of(file("wide.csv", 0, COLUMNS)).open()) {
            List<Field> fields = IntStream.range(0, COLUMNS)
                    .mapToObj(c -> new Field("c" + c, c == 72 || c == 129 ? Kind.NUMBER : Kind.TEXT))
                    .toList();
            assertThatThrownBy(() -> wide.read(new Schema(fields)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("column 'c72' must hold a finite number")
                    .hasMessageContaining("(row 1 'word 0', row 2 'word 2', row 3 'word 4')");
        }
    }

    /** The time that DuckDB takes for a query grows with each repetition of an expression, and faster than its columns. */
    @Test
    void asksForEachColumnOnceAndForFewInAQuery() {
        List<String> columns = IntStream.range(0, 40).mapToObj(c -> "c" + c).toList();
        String query = GroupLooks.query(
                new ColumnGroups("rows", ReadOptions.DEFAULTS.missing()),
                columns,
                columns.stream().map(c -> List.<String>of()).toList(),
                ProfileRow.question(null));
        for (String column : columns) {
            assertThat(query.split('"' + column + '"', -1)).hasSize(2);
        }
        assertThat(query.split("TRY_CAST\\(text_7 AS DOUBLE\\)", -1)).hasSize(2);
        assertThat(ColumnGroups.of(IntStream.range(0, COLUMNS).boxed().toList()))
                .extracting(List::size)
                .containsExactly(ColumnGroups.COLUMNS, ColumnGroups.COLUMNS, 7);
    }

    @Test
    void isDividedByWhatOccursOften() throws IOException {
        assertThat(new TextStart("a,b;c;d\n1\n").columns(";")).isEqualTo(3);
        assertThat(new TextStart("").columns(",")).isEqualTo(1);
        for (String delimiter : List.of(";", "\t", "|")) {
            String header = IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).collect(Collectors.joining(delimiter));
            String row = "\"a" + delimiter + " b\"" + (delimiter + "1").repeat(COLUMNS - 1);
            Path file = Files.writeString(folder.resolve("d.csv"), header + "\n" + row + "\n" + row + "\n");
            try (TableReader wide = Source.of(file.toString()).open()) {
                assertThat(wide.names()).hasSize(COLUMNS).endsWith("c" + (COLUMNS - 1));
                assertThat(wide.profile().columns().get(0).examples()).containsExactly("a" + delimiter + " b");
            }
        }
    }

    /** One query asks about all columns, and names none of them. */
    @Test
    void isAskedWithAsManyQueriesAsANarrowOne() throws Exception {
        List<Integer> queries = new ArrayList<>();
        for (int columns : List.of(ColumnGroups.COLUMNS + 1, 5 * ColumnGroups.COLUMNS)) {
            Path file = Path.of(file("asked.csv", 0, columns));
            List<String> names =
                    IntStream.range(0, columns).mapToObj(c -> "c" + c).toList();
            try (java.sql.Connection connection = TableReader.connect();
                    java.sql.Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE t AS SELECT * FROM read_csv('" + file
                        + "', all_varchar = true, delim = ',')");
                Cells cells = Cells.of(connection, "cells", Map.of("t", names), ReadOptions.DEFAULTS.missing());
                int[] asked = {0};
                Looks counting = new Looks() {
                    @Override
                    public <T> List<T> ask(
                            List<String> of,
                            List<List<String>> own,
                            Question question,
                            int width,
                            long rows,
                            Answer<T> answer)
                            throws java.sql.SQLException {
                        asked[0]++;
                        return cells.ask(of, own, question, width, rows, answer);
                    }
                };
                List<ColumnProfile> found =
                        counting.ask(names, ProfileRow.question(null), ProfileRow.WIDTH, ProfileRow::read);
                new DecimalLook(counting, null).at(found, new java.util.HashMap<>());
                new DateLook(counting, List.of()).at(found, new java.util.HashMap<>());
                assertThat(found).hasSize(columns);
                queries.add(asked[0]);
            }
        }
        assertThat(queries.get(1)).isEqualTo(queries.get(0)).isLessThan(60);
    }
}
