package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideChunkReaderTest {
    private static final int WIDTH = 600;
    private static final int ROWS = 700;
    private static final List<Field> NARROW = List.of(
            new Field("n", Kind.NUMBER),
            new Field("d", Kind.DATE),
            new Field("german", Kind.DATE).withForm("%d.%m.%Y"),
            new Field("comma", Kind.NUMBER).withForm(","),
            new Field("word", Kind.CATEGORY));

    @TempDir
    Path folder;

    private final List<BadRow> broken = new ArrayList<>();

    @Test
    void readsCsvAsANarrowTableIsRead() throws IOException {
        Path file = folder.resolve("a.csv");
        String more = IntStream.range(0, WIDTH).mapToObj(i -> ",c" + i).collect(Collectors.joining());
        String values = IntStream.range(0, WIDTH).mapToObj(i -> "," + i + ".5").collect(Collectors.joining());
        List<String> lines = new ArrayList<>();
        lines.add("n,d,german,comma,word" + more);
        for (int row = 0; row < ROWS; row++) {
            lines.add(start(row) + values);
        }
        lines.add(400, "1,2");
        Files.write(file, lines);
        assertEqual(Source.of(file.toString()));
        assertThat(broken).extracting(BadRow::line).startsWith(401L, 401L);
    }

    @Test
    void readsArffAsANarrowTableIsRead() throws IOException {
        Path file = folder.resolve("a.arff");
        List<String> lines = new ArrayList<>(List.of("@relation r"));
        NARROW.forEach(field -> lines.add("@attribute " + field.name() + " string"));
        IntStream.range(0, WIDTH).forEach(i -> lines.add("@attribute c" + i + " numeric"));
        lines.add("@data");
        String values = IntStream.range(0, WIDTH).mapToObj(i -> "," + i + ".5").collect(Collectors.joining());
        for (int row = 0; row < 300; row++) {
            lines.add((row == 9 ? "x" : row) + ",2024-01-02,02.01.2024,'1,5',w" + values);
        }
        Files.write(file, lines);
        assertEqual(Source.of(file.toString()));
    }

    @Test
    void readsJsonLinesAsANarrowTableIsRead() throws IOException {
        Path file = folder.resolve("a.jsonl");
        String more = IntStream.range(0, WIDTH)
                .mapToObj(i -> ",\"c" + i + "\":" + i + ".5")
                .collect(Collectors.joining("", "", "}"));
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add(json(row) + (row % 97 == 13 ? ", broken" : more));
        }
        lines.add(300, " ");
        lines.add("[7]");
        Files.write(file, lines);
        assertEqual(Source.of(file.toString()));
        assertThat(read(Source.of(file.toString()), NARROW, RowMark.START).stream()
                        .flatMap(chunk -> chunk.bad().stream())
                        .map(BadRow::reason)
                        .filter("the line is not a JSON object"::equals))
                .hasSize(9);
    }

    /** With all columns of a wide file kept, twice the columns were more than DuckDB's memory holds. */
    @Test
    void asksOnceForAColumnThatIsAlsoKept() {
        List<Field> fields = List.of(new Field("a", Kind.NUMBER), new Field("b", Kind.NUMBER));
        List<String> kept = List.of("b", "c");
        assertThat(WideChunkReader.query(fields, kept, "rows", null))
                .isEqualTo("SELECT CAST(\"a\" AS VARCHAR), CAST(\"b\" AS VARCHAR), CAST(\"c\" AS VARCHAR) FROM rows");
        assertThat(WideChunkReader.places(fields, kept)).containsExactly(2, 3);
    }

    private static String json(int row) {
        return switch (row % 23) {
            case 1 -> "{\"n\": \" +7 \", \"comma\": 1.5";
            case 2 -> "{\"n\": 1e400, \"word\": [1, \"a\"]";
            case 3 -> "{\"n\": null, \"d\": \"2024-01-02\", \"comma\": \"1.234,5\", \"word\": {\"x\": 1}";
            case 4 -> "{\"n\": \"NA\", \"d\": \"never\"";
            default ->
                "{\"n\": " + row + ".25, \"german\": \"02.01.2024\", \"comma\": " + row + ", \"word\": \"q\\\""
                        + row % 5 + "\"";
        };
    }

    @Test
    void trimsWhatDuckDbTrims() throws SQLException {
        try (Connection connection = TableReader.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c, trim(chr(c) || 'a' || chr(c))"
                        + " FROM (SELECT CAST(range AS INTEGER) AS c FROM range(1, 55296))")) {
            while (rows.next()) {
                String character = Character.toString(rows.getInt(1));
                assertThat(WideChunkReader.trimmed(character + "a" + character)).isEqualTo(rows.getString(2));
            }
        }
    }

    private static String start(int row) {
        return switch (row % 23) {
            case 1 -> " +7 ,,,,";
            case 2 -> "inf,2024-01-02,x,\"1,5\",a";
            case 3 -> "12345678901234567890,2024-01-02,02.01.2024,,\"a,b\"";
            case 4 -> "NA,never,never,\"1,5\",NA";
            case 5 -> "-0,2024-01-02 10:00:00,31.12.2023,\"1.234,5\",\u00e9 ";
            case 6 -> "zz,,,,";
            default -> row + ".25,2024-01-02,02.01.2024,\"" + row + ",5\",w" + row % 5;
        };
    }

    private void assertEqual(Source source) {
        List<Field> wide = new ArrayList<>(NARROW);
        IntStream.range(0, WIDTH).forEach(i -> wide.add(new Field("c" + i, Kind.NUMBER)));
        List<Chunk> few = read(source, NARROW, RowMark.START);
        List<Chunk> many = read(source, wide, RowMark.START);
        assertThat(many).hasSizeGreaterThan(1);
        assertSame(few, many);
        List<Chunk> rest = read(source, wide, many.get(0).end());
        assertThat(numbers(rest)).isEqualTo(numbers(many.subList(1, many.size())));
    }

    private static void assertSame(List<Chunk> few, List<Chunk> many) {
        assertThat(numbers(many)).isEqualTo(numbers(few));
        assertThat(many.stream().flatMap(c -> c.bad().stream()).toList())
                .isNotEmpty()
                .isEqualTo(few.stream().flatMap(c -> c.bad().stream()).toList());
        for (Field field : NARROW) {
            assertThat(values(many, field)).isEqualTo(values(few, field));
        }
        assertThat(values(many, new Field("word", Kind.TEXT), true))
                .isEqualTo(values(few, new Field("word", Kind.TEXT), true));
    }

    private static List<Long> numbers(List<Chunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> IntStream.range(0, chunk.numbers().length).mapToObj(i -> chunk.numbers()[i]))
                .toList();
    }

    private static List<String> values(List<Chunk> chunks, Field field) {
        return values(chunks, field, false);
    }

    private static List<String> values(List<Chunk> chunks, Field field, boolean kept) {
        List<String> values = new ArrayList<>();
        for (Chunk chunk : chunks) {
            Table table = kept ? chunk.kept() : chunk.rows();
            for (int row = 0; row < table.rows(); row++) {
                values.add(
                        field.kind().isNumeric()
                                ? "" + table.numbers(field.name()).values()[row]
                                : table.texts(field.name()).values()[row]);
            }
        }
        return values;
    }

    private List<Chunk> read(Source source, List<Field> fields, RowMark from) {
        List<Chunk> chunks = new ArrayList<>();
        try (RowScan scan = source.scan()) {
            scan.read(new Schema(fields), List.of("word"), from, chunks::add);
            scan.brokenLines(broken::add);
        }
        return chunks;
    }
}
