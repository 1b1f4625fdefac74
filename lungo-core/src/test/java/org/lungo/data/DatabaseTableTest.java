package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTableTest {
    private static final String URL = "jdbc:h2:mem:table;DB_CLOSE_DELAY=-1";

    @TempDir
    Path folder;

    @Test
    void addsRowsAndANoteInOneTransaction() throws Exception {
        try (DatabaseTable table = DatabaseTable.open(URL, "scores")) {
            assertThat(table.rows()).isEqualTo(-1);
            assertThat(table.note()).isNull();
            table.begin(rows(), Map.of("row", "BIGINT", "id", "BIGINT", "day", "DATE"), "start");
            table.write(rows());
            table.commit("one");
            table.write(rows());
        } // and no commit
        try (DatabaseTable table = DatabaseTable.open(URL, "scores")) {
            assertThat(table.note()).isEqualTo("one");
            assertThat(table.rows()).isEqualTo(2);
            table.write(rows());
            table.commit("two");
            table.finish();
            assertThat(table.note()).isNull();
        }
        assertThat(query("SELECT \"row\", \"id\", \"day\", \"p>50\", \"name\" FROM scores"))
                .containsExactly(
                        "1 12345678901234567 2024-05-31 0.5 a",
                        "2 null null null null",
                        "1 12345678901234567 2024-05-31 0.5 a",
                        "2 null null null null");
    }

    @Test
    void keepsTypesWhateverTheDriverDoesWithTexts() throws Exception {
        Table rows = Table.of(List.of(
                text("sum", "12345678901234567.89", null),
                text("active", "true", null),
                text("seen", "2024-01-01 00:17:00.123", null),
                text("utc", "2024-01-01 01:00:00+00", null),
                text("note", "x".repeat(5000), null)));
        Map<String, String> types =
                Map.of("sum", "DECIMAL(19,2)", "active", "BOOLEAN", "seen", "TIMESTAMP", "utc", "TIMESTAMP");
        for (String url : List.of(URL, "jdbc:duckdb:" + folder.resolve("typed.db"))) {
            try (DatabaseTable table = DatabaseTable.open(url, "typed")) {
                table.begin(rows, types, "");
                table.write(rows);
                table.commit("");
                table.finish();
            }
            assertThat(query(url, "SELECT \"sum\", \"active\", \"seen\", \"utc\", length(\"note\") FROM typed"))
                    .as(url)
                    .element(0)
                    .asString()
                    .matches("(?i)12345678901234567.89 true 2024-01-01 00:17:00.123 2024-01-01 01:00:00(.0)? 5000");
        }
    }

    @Test
    void writesTimesWithAZoneInUtc() throws Exception {
        update("CREATE TABLE zoned (\"seen\" TIMESTAMP WITH TIME ZONE)");
        Table rows = Table.of(List.of(text("seen", "2024-01-01 01:00:00+00", "2024-01-01 01:00:00.5")));
        try (DatabaseTable table = DatabaseTable.open(URL, "zoned")) {
            table.begin(rows, Map.of(), "");
            table.write(rows);
            table.commit("");
        }
        assertThat(query("SELECT * FROM zoned")).containsExactly("2024-01-01 01:00:00+00", "2024-01-01 01:00:00.5+00");
    }

    private static TextColumn text(String name, @Nullable String... values) {
        return new TextColumn(name, values);
    }

    @Test
    void takesTheColumnsOfATableThatIsThere() throws Exception {
        update("CREATE TABLE own (note VARCHAR(9), P INT, ROW DOUBLE PRECISION)".replace("ROW", "\"ROW\""));
        try (DatabaseTable table = DatabaseTable.open(URL, "own")) {
            Table rows = Table.of(
                    List.of(new NumberColumn("row", new double[] {1}), new TextColumn("p", new String[] {"7"})));
            table.begin(rows, Map.of(), "");
            table.write(rows);
            table.commit("");
            assertThat(query("SELECT P FROM own")).containsExactly("7");
            assertThatThrownBy(() -> DatabaseTable.open(URL, "own").write(rows()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("the table own must have the column 'id'. Columns: NOTE, P, ROW");
        }
    }

    @Test
    void throwsAwayOnlyWhatIsItsOwn() throws Exception {
        try (DatabaseTable table = DatabaseTable.open(URL, "fresh")) {
            table.begin(rows(), Map.of(), "");
            table.write(rows());
            table.commit("");
            table.finish();
            table.begin(rows(), Map.of(), "");
            assertThat(table.discard()).isFalse();
            table.finish();
            update("DELETE FROM fresh");
            table.begin(rows(), Map.of(), "");
            table.write(rows());
            table.commit("");
        }
        try (DatabaseTable table = DatabaseTable.open(URL, "fresh")) {
            assertThat(table.discard()).isTrue();
            assertThat(table.rows()).isZero();
            assertThat(table.note()).isNull();
        }
    }

    @Test
    void refusesOddNamesAndHidesPasswords() {
        for (String name : List.of("a b", "a;drop table b", "", "\"a\"", "a.b.c.d")) {
            assertThatThrownBy(() -> DatabaseTable.checkName(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NAME or SCHEMA.NAME");
        }
        DatabaseTable.checkName("crm.churn_2024");
        assertThatThrownBy(() -> DatabaseTable.open("jdbc:none://host?password=geheim", "t"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("put the jar of the database's JDBC driver into the folder drivers")
                .hasMessageNotContaining("geheim");
    }

    private static Table rows() {
        return Table.of(List.of(
                new NumberColumn("row", new double[] {1, 2}),
                new TextColumn("id", new String[] {"12345678901234567", null}),
                new TextColumn("day", new String[] {"2024-05-31", null}),
                new NumberColumn("p>50", new double[] {0.5, Double.NaN}),
                new TextColumn("name", new String[] {"a", null})));
    }

    private static void update(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            connection.createStatement().execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        return query(URL, sql);
    }

    private static List<String> query(String url, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join(" ", values.stream().map(String::valueOf).toList()));
            }
        }
        return lines;
    }
}
