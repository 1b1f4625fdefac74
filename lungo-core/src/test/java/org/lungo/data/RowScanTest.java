package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowScanTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("a", Kind.NUMBER), new Field("b", Kind.CATEGORY)));

    @TempDir
    Path folder;

    @Test
    void handsOverWhatCannotBeUsedOfCsv() throws IOException {
        Path file = write("a.csv", "a,b\n1,x\nzz,y\n3\n\"4\n\",u,v,w\n5,?\ninf,x\n7,z\n");
        Scanned scanned = scan(Source.of(file.toString()), List.of());
        assertThat(scanned.chunks).hasSize(1);
        Chunk chunk = scanned.chunks.get(0);
        assertThat(chunk.rows().numbers("a").values()).containsExactly(1, 5, 7);
        assertThat(chunk.rows().texts("b").values()).containsExactly("x", null, "z");
        assertThat(chunk.numbers()).containsExactly(1, 3, 5);
        assertThat(chunk.bad())
                .containsExactly(
                        new BadRow(2, 0, "column 'a' must hold a finite number", "zz"),
                        new BadRow(4, 0, "column 'a' must hold a finite number", "inf"));
        assertThat(scanned.broken).extracting(BadRow::line).containsExactly(4L, 5L);
        assertThat(scanned.broken.get(0).text()).isEqualTo("3");
        assertThat(scanned.broken.get(0).reason()).isEqualTo("Expected Number of Columns: 2 Found: 1");
    }

    @Test
    void handsOverWhatCannotBeUsedOfJsonLines() throws IOException {
        String text =
                "{\"a\":1,\"b\":\"x\"}\n\n{\"a\":2.5\n7\n{\"b\":\"q\\\"u\",\"c\":[1]}\n{\"a\":\"zz\",\"b\":true}\n"
                        + "{\"a\":\"3\",\"b\":null}";
        for (Path file : List.of(write("a.jsonl", text), zip("a.ndjson.gz", text))) {
            Scanned scanned = scan(Source.of(file.toString()), List.of("c"));
            Chunk chunk = scanned.chunks.get(0);
            assertThat(chunk.rows().numbers("a").values()).containsExactly(1, Double.NaN, 3);
            assertThat(chunk.rows().texts("b").values()).containsExactly("x", "q\"u", null);
            assertThat(chunk.kept().texts("c").values()).containsExactly(null, "[1]", null);
            assertThat(chunk.numbers()).containsExactly(1, 4, 6);
            assertThat(chunk.bad())
                    .containsExactly(
                            new BadRow(2, 0, "the line is not a JSON object", "{\"a\":2.5"),
                            new BadRow(3, 0, "the line is not a JSON object", "7"),
                            new BadRow(5, 0, "column 'a' must hold a finite number", "zz"));
        }
    }

    @Test
    void handsOverWhatCannotBeUsedOfArff() throws IOException {
        String text =
                "% c\n@relation r\n@attribute a numeric\n@attribute 'b' {x,y}\n@data\n1,x\n2\n?,'y'\n{0 1}\nu,x\n";
        for (Path file : List.of(write("a.arff", text), zip("b.arff.gz", text))) {
            Scanned scanned = scan(Source.of(file.toString()), List.of());
            assertThat(scanned.chunks.get(0).rows().numbers("a").values()).containsExactly(1, Double.NaN);
            assertThat(scanned.chunks.get(0).numbers()).containsExactly(1, 2);
            assertThat(scanned.chunks.get(0).bad()).extracting(BadRow::row).containsExactly(3L);
            assertThat(scanned.broken).extracting(BadRow::line).containsExactly(7L, 9L);
            assertThatThrownBy(() -> Source.of(file.toString()).open())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(":7: expected 2 values. Received: 1");
        }
    }

    @Test
    void keepsColumnsAsTheyAreAndKnowsTheirTypes() throws IOException {
        Path csv = write("k.csv", "id,a,b\n007,1, x \n NA,2,y\n");
        Scanned scanned = scan(Source.of(csv.toString()), List.of("id", "b"));
        assertThat(scanned.chunks.get(0).kept().texts("id").values()).containsExactly("007", " NA");
        assertThat(scanned.chunks.get(0).kept().texts("b").values()).containsExactly(" x ", "y");
        assertThat(scanned.types.values()).containsOnly("VARCHAR");
        Path parquet = folder.resolve("k.parquet");
        execute(
                "jdbc:duckdb:",
                "COPY (SELECT 9007199254740993 AS id, 1.5::FLOAT AS a, 'x' AS b, DATE '2024-05-31' AS day,"
                        + " 1.25::DECIMAL(9,2) AS price, [1] AS list, 3::UTINYINT AS small) TO '" + parquet + "'");
        Scanned typed = scan(Source.of(parquet.toString()), List.of("id", "day"));
        assertThat(typed.types.values())
                .containsExactly("BIGINT", "DOUBLE", "VARCHAR", "DATE", "DECIMAL(9,2)", "VARCHAR", "BIGINT");
        assertThat(typed.chunks.get(0).kept().texts("id").values()).containsExactly("9007199254740993");
    }

    @Test
    void goesOnAfterAnyChunkWithTheSameChunks() throws Exception {
        int rows = 20_000;
        StringBuilder text = new StringBuilder("a,b\n");
        IntStream.range(0, rows)
                .forEach(i -> text.append(i % 100 == 7 ? "bad" : i).append(",x\n"));
        Path csv = write("long.csv", text.toString());
        String arff = "@relation r\n@attribute a numeric\n@attribute b string\n@data\n";
        Path other = write("long.arff", arff + text.substring(4));
        String url = "jdbc:h2:mem:scan;DB_CLOSE_DELAY=-1";
        execute(url, "CREATE TABLE t AS SELECT x AS \"a\", 'x' AS \"b\" FROM SYSTEM_RANGE(1, " + rows + ")");
        Source query =
                new Source(url, new ReadOptions(null, null, "utf-8", List.of(""), "SELECT * FROM t ORDER BY \"a\""));
        for (Source source : List.of(Source.of(csv.toString()), Source.of(other.toString()), query)) {
            List<Chunk> all = scan(source, List.of("b")).chunks;
            assertThat(all).hasSize(3);
            RowMark mark = all.get(0).end();
            assertThat(mark.row()).isEqualTo(8192);
            List<Chunk> rest = scan(source, List.of("b"), mark).chunks;
            assertThat(rest).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(rest.get(i).numbers()).isEqualTo(all.get(i + 1).numbers());
                assertThat(rest.get(i).bad()).isEqualTo(all.get(i + 1).bad());
                assertThat(rest.get(i).end()).isEqualTo(all.get(i + 1).end());
                assertThat(rest.get(i).rows().numbers("a").values())
                        .isEqualTo(all.get(i + 1).rows().numbers("a").values());
            }
        }
        RowMark passed = scan(query, List.of()).chunks.get(0).end();
        execute(url, "UPDATE t SET \"a\" = -5 WHERE \"a\" = 3");
        assertThatThrownBy(() -> scan(query, List.of(), passed))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no longer gives the rows that it gave: the first 8192 differ");
    }

    @Test
    void namesThePlaceOfADatabaseWithoutItsPassword() {
        Source source = new Source(
                "jdbc:none://host/db?password=geheim",
                new ReadOptions(null, null, "utf-8", List.of(), "SELECT 1 ORDER BY 1"));
        assertThatThrownBy(source::scan)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("put the jar of the database's JDBC driver into the folder drivers")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void knowsWhetherAQueryIsOrdered() {
        assertThat(ordered("SELECT * FROM t ORDER BY id")).isTrue();
        assertThat(ordered("select *\nfrom (select 1) x order\nby 1 desc limit 5"))
                .isTrue();
        assertThat(ordered("SELECT * FROM t")).isFalse();
        assertThat(ordered("SELECT * FROM (SELECT * FROM t ORDER BY f(id))")).isFalse();
        assertThat(ordered("SELECT row_number() OVER (ORDER BY id) FROM t -- ORDER BY 1"))
                .isFalse();
        assertThat(ordered("SELECT 'order by' AS \"order by\" FROM t /* order by 1 */"))
                .isFalse();
    }

    private static boolean ordered(String query) {
        return new Source("jdbc:x", new ReadOptions(null, null, "utf-8", List.of(), query)).isOrdered();
    }

    private record Scanned(java.util.Map<String, String> types, List<Chunk> chunks, List<BadRow> broken) {}

    private static Scanned scan(Source source, List<String> kept) {
        return scan(source, kept, RowMark.START);
    }

    private static Scanned scan(Source source, List<String> kept, RowMark from) {
        try (RowScan scan = source.scan()) {
            Scanned scanned = new Scanned(scan.types(), new ArrayList<>(), new ArrayList<>());
            scan.read(SCHEMA, kept, from, scanned.chunks::add);
            scan.brokenLines(scanned.broken::add);
            return scanned;
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path zip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
