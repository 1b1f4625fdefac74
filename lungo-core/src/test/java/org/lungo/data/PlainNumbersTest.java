package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumbersTest {
    private static final int COLUMNS = ColumnGroups.COLUMNS + 6;

    @TempDir
    Path folder;

    private static double parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return PlainNumber.parse(bytes, 0, bytes.length);
    }

    @Test
    void readsWhatProgramsWrite() {
        assertThat(List.of(
                        "0",
                        "-0",
                        "12",
                        "-12.50",
                        "0.1",
                        "3e-7",
                        "1E+5",
                        "123456789012345.25",
                        "0.1234567890123456789"))
                .allSatisfy(text -> assertThat(parse(text)).isEqualTo(Double.parseDouble(text)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(parse("" + value)).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "007",
                ".5",
                "5.",
                "1,5",
                "1e",
                "1e+",
                "0x1",
                "1d",
                "NaN",
                "Infinity",
                "1 2",
                "--1"
            })
    void leavesOtherTextsToDuckDb(String text) {
        assertThat(parse(text)).isNaN();
    }

    /** A file with one row of numbers above the given values of the first column. */
    private Source file(String... first) throws IOException {
        String header = IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).collect(Collectors.joining(","));
        StringBuilder text = new StringBuilder(header + "\n");
        for (String value : first) {
            text.append(value).append(",1".repeat(COLUMNS - 1)).append("\n");
        }
        return Source.of(Files.writeString(folder.resolve("wide.csv"), text).toString());
    }

    private static PlainNumbers plain(Source source) throws SQLException {
        return PlainNumbers.of(Csv.of(source));
    }

    @Test
    void keepsPlainColumnsOfWideFiles() throws IOException, SQLException {
        PlainNumbers plain = plain(file("5", " NA ", "", " -2.5 ", "1"));
        assertThat(plain.rows()).isEqualTo(5);
        assertThat(plain.columns()).hasSize(COLUMNS);
        PlainNumbers.Found first = plain.columns().get("c0");
        assertThat(first.numbers().values()).containsExactly(5, Double.NaN, Double.NaN, -2.5, 1);
        assertThat(first.profile().present()).isEqualTo(3);
        assertThat(first.profile().distinct()).isEqualTo(3);
        assertThat(first.profile().examples()).containsExactly("-2.5", "5");
        assertThat(plain(file("5", "word", "6", "7", "8")).columns())
                .hasSize(COLUMNS - 1)
                .doesNotContainKey("c0");
        assertThat(plain(file("5", "007", "6", "7", "8")).columns()).doesNotContainKey("c0");
        assertThat(plain(file("5", "9007199254740993", "6", "7", "8")).columns())
                .doesNotContainKey("c0");
    }

    @Test
    void leavesQuotedAndUnevenFilesToDuckDb() throws IOException, SQLException {
        Csv csv = Csv.of(file("5", "6", "7", "8"));
        assertThat(PlainNumbers.of(csv).columns()).isNotEmpty();
        for (String row : List.of("\"6\"" + ",1".repeat(COLUMNS - 1), "6,1", "6" + ",1".repeat(COLUMNS), "")) {
            Files.writeString(
                    folder.resolve("wide.csv"),
                    "h" + ",h".repeat(COLUMNS - 1) + "\n5" + ",1".repeat(COLUMNS - 1) + "\n" + row + "\n7"
                            + ",1".repeat(COLUMNS - 1) + "\n");
            assertThat(PlainNumbers.of(csv).columns()).isEmpty();
        }
    }

    /** A column of numbers that is declared a category is read as the texts that the file holds. */
    @Test
    void givesTheTextsOfADeclaredCategory() throws IOException {
        try (TableReader reader = file("5.0", "6.50", "7", "8").open()) {
            Schema schema = reader.profile().schema(Map.of("c0", ColumnChoice.of(Kind.CATEGORY)));
            Table table = reader.read(schema);
            assertThat(table.texts("c0").values()).containsExactly("5.0", "6.50", "7", "8");
            assertThat(table.numbers("c1").values()).containsOnly(1);
            assertThat(table.names()).startsWith("c0", "c1");
        }
    }

    @Test
    void findsTheOutliersThatDuckDbFinds() throws IOException, SQLException {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles(1001, 0, 100).toArray();
        values[700] = 99_999;
        ColumnProfile column = new ColumnProfile(
                "x", Kind.NUMBER, 1001, 1001, 1001, new ColumnProfile.Range(0, 99_999, 150, 3000), List.of());
        Outliers outliers = Outliers.in(new NumberColumn("x", values), column);
        String list = java.util.Arrays.toString(values);
        try (Connection connection = TableReader.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT quantile_cont(x, 0.25), quantile_cont(x, 0.75)"
                        + " FROM (SELECT unnest(" + list + "::DOUBLE[]) AS x)")) {
            row.next();
            assertThat(outliers).isEqualTo(new Outliers(1, 99_999, row.getDouble(1), row.getDouble(2)));
        }
    }
}
