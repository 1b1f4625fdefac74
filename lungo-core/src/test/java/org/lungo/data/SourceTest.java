package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @TempDir
    Path folder;

    @Test
    void findsDelimiterQuotesHeaderAndKinds() throws IOException {
        Path file =
                write("a.csv", "age;plan;day;note\n41;\"gold; big\";2024-05-01;\n?; silver ;2024-05-02;x\n", "utf-8");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Schema schema = reader.profile().schema(Map.of());
            assertThat(schema.kind("age")).isEqualTo(Kind.NUMBER);
            assertThat(schema.kind("plan")).isEqualTo(Kind.CATEGORY);
            assertThat(schema.kind("day")).isEqualTo(Kind.DATE);
            Table table = reader.read(schema);
            assertThat(table.numbers("age").values()).containsExactly(41, Double.NaN);
            assertThat(table.texts("plan").values()).containsExactly("gold; big", "silver");
            assertThat(table.numbers("day").values()[0]).isEqualTo(1714521600); // 2024-05-01T00:00Z
        }
    }

    @Test
    void readsOtherEncodingsAndTheByteOrderMark() throws IOException {
        assertThat(first(write("bom.csv", "\uFEFFname,x\nJosé,1\nB,2\n", "utf-8"), "utf-8"))
                .isEqualTo("José");
        assertThat(first(write("latin.csv", "name,x\nJosé,1\nB,2\n", "iso-8859-1"), "latin-1"))
                .isEqualTo("José");
    }

    @Test
    void readsJsonLinesAndParquet() throws IOException {
        Path json = write("a.jsonl", "{\"age\":41,\"plan\":\"gold\"}\n{\"age\":17,\"plan\":null}\n", "utf-8");
        Table table = read(json);
        assertThat(table.numbers("age").values()).containsExactly(41, 17);
        Path parquet = folder.resolve("a.parquet");
        try (TableWriter writer = TableWriter.to(parquet)) {
            writer.write(table);
            writer.finish();
        }
        assertThat(read(parquet).numbers("age").values()).containsExactly(41, 17);
        assertThat(read(parquet).texts("plan").values()).containsExactly("gold", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data/adult.csv.gz|adult",
                "jdbc:postgresql://db:5432/crm?user=me&password=geheim|crm",
                "jdbc:mariadb://me:geheim@db/crm|crm",
                "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1|shop",
                "jdbc:oracle:thin:me/geheim@db|database",
                "jdbc:sqlserver://db:1433;databaseName=x|database",
                "jdbc:duckdb:|database"
            })
    void hasAShortNameWithoutAPassword(String location, String name) {
        assertThat(Source.of(location).name()).isEqualTo(name);
    }

    @Test
    void readsADatabase() throws SQLException {
        String url = "jdbc:h2:mem:lungo;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("CREATE TABLE t AS SELECT 41 AS age, 'gold' AS plan");
            ReadOptions options = new ReadOptions(null, null, "utf-8", List.of(""), "SELECT * FROM t");
            try (TableReader reader = new Source(url, options).open()) {
                assertThat(reader.read(reader.profile().schema(Map.of()))
                                .numbers("AGE")
                                .values())
                        .containsExactly(41);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(() -> Source.of("/none.csv").open()).hasMessageContaining("no such file");
        write("in.csv", "a,b\n1,2\n", "utf-8");
        assertThatThrownBy(() -> Source.of(folder.toString()).open())
                .hasMessageContaining("Received: the folder " + folder + ", in which in.csv is no text")
                .hasMessageContaining("name a file");
        assertThatThrownBy(() -> read(write("empty.csv", "", "utf-8"))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read(write("header.csv", "a,b\n", "utf-8"))).hasMessageContaining("no rows");
        assertThatThrownBy(() -> read(write("binary.csv", "a\0b", "utf-8"))).hasMessageContaining("not a text file");
        Path ragged = write("ragged.csv", "a,b\n1,2\n3,4\n5\n6,7\n", "utf-8");
        assertThatThrownBy(() -> read(ragged)).isInstanceOf(DataException.class).hasMessageContaining("ragged.csv:4");
        Path mixed = write("mixed.csv", "a,b\n1,x\n2,y\nzz,x\n", "utf-8");
        try (TableReader reader = Source.of(mixed.toString()).open()) {
            Schema schema = reader.profile().schema(Map.of("a", ColumnChoice.of(Kind.NUMBER)));
            assertThatThrownBy(() -> reader.read(schema))
                    .hasMessageContaining(
                            "column 'a' must hold a finite number in every row. Received: 1 other value (row 3 'zz')");
        }
    }

    @Test
    void refusesInfiniteNumbers() throws IOException {
        Path infinite = write("infinite.csv", "a,b\n1,x\n-inf,y\n", "utf-8");
        assertThatThrownBy(() -> read(infinite))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "column 'a' must hold a finite number in every row. Received: 1 other value (row 2 '-inf')");
    }

    private static Table read(Path file) {
        try (TableReader reader = Source.of(file.toString()).open()) {
            return reader.read(reader.profile().schema(Map.of()));
        }
    }

    private static String first(Path file, String encoding) {
        ReadOptions standard = ReadOptions.DEFAULTS;
        ReadOptions options = new ReadOptions(null, null, encoding, standard.missing(), null);
        try (TableReader reader = new Source(file.toString(), options).open()) {
            return reader.read(reader.profile().schema(Map.of())).texts("name").text(0);
        }
    }

    private Path write(String name, String text, String charset) throws IOException {
        Charset encoding = charset.equals("utf-8") ? StandardCharsets.UTF_8 : Charset.forName(charset);
        return Files.write(folder.resolve(name), text.getBytes(encoding));
    }
}
