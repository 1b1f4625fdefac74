package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that differ only by case are different, in every form of a table. */
class ExactNamesTest {
    private static final Schema NUMBERS = new Schema(
            List.of(new Field("Id", Kind.NUMBER), new Field("id", Kind.NUMBER), new Field("ID", Kind.NUMBER)));

    @TempDir
    Path folder;

    @Test
    void areReadFromEveryFile() throws IOException {
        for (Path file : List.of(
                write("a.csv", "Id,id,ID\n1,2,3\n4,5,6\n"),
                write("a.jsonl", "{\"Id\": 1, \"id\": 2, \"ID\": 3}\n{\"ID\": 6, \"Id\": 4, \"id\": 5}\n"),
                write("a.json", "[{\"Id\": 1, \"id\": 2, \"ID\": 3}, {\"ID\": 6, \"Id\": 4, \"id\": 5}]"),
                write(
                        "a.arff",
                        "@relation a\n@attribute Id numeric\n@attribute id numeric\n@attribute ID numeric\n"
                                + "@data\n1,2,3\n4,5,6\n"),
                parquet("a.parquet", 1))) {
            try (TableReader reader = Source.of(file.toString()).open()) {
                assertThat(reader.names()).as(file + "").containsExactly("Id", "id", "ID");
                Profile profile = reader.profile();
                assertThat(profile.columns()).extracting(c -> c.range().min()).containsExactly(1.0, 2.0, 3.0);
                assertThat(profile.schema(Map.of()).fields()).isEqualTo(NUMBERS.fields());
                assertRows(reader.read(NUMBERS));
                assertRows(StagedRows.of(reader, NUMBERS, folder.resolve(file.getFileName() + ".staged"))
                        .load());
            }
            try (RowScan scan = Source.of(file.toString()).scan()) {
                assertThat(scan.types().keySet()).as(file + "").containsExactly("Id", "id", "ID");
                List<Chunk> chunks = new ArrayList<>();
                scan.read(NUMBERS, List.of("ID", "id"), RowMark.START, chunks::add);
                assertRows(chunks.get(0).rows());
                assertThat(chunks.get(0).kept().names()).containsExactly("ID", "id");
                assertThat(chunks.get(0).kept().texts("id").values()[1]).startsWith("5");
            }
        }
    }

    @Test
    void areWrittenToParquetAndJoined() throws IOException {
        Path joined = folder.resolve("joined.parquet");
        TableWriter.join(List.of(parquet("1.parquet", 1), parquet("2.parquet", 7)), joined);
        try (TableReader reader = Source.of(joined.toString()).open()) {
            assertThat(reader.names()).containsExactly("Id", "id", "ID");
            Table rows = reader.read(NUMBERS);
            assertThat(rows.numbers("Id").values()).containsExactly(1, 4, 7, 10);
            assertThat(rows.numbers("id").values()).containsExactly(2, 5, 8, 11);
            assertThat(rows.numbers("ID").values()).containsExactly(3, 6, 9, 12);
        }
    }

    /** A footer with many columns, names of several bytes and lengths, and row groups. */
    @Test
    void areWrittenWhateverTheirLength() throws IOException {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = (i % 2 == 0 ? "Größe " : "größe ") + "x".repeat(i / 2 * 9);
            columns.add(
                    i % 3 == 0
                            ? new TextColumn(name, new String[] {"v" + i, null})
                            : new NumberColumn(name, new double[] {i, Double.NaN}));
        }
        Path file = folder.resolve("wide.parquet");
        Table table = Table.of(columns);
        try (TableWriter writer = TableWriter.to(file)) {
            for (int i = 0; i < 100_000; i++) {
                writer.write(table);
            }
            writer.finish();
        }
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.names())
                    .isEqualTo(table.names().stream().map(String::strip).toList());
            assertThat(reader.count()).isEqualTo(200_000);
            Schema last = new Schema(List.of(
                    new Field(reader.names().get(38), Kind.NUMBER),
                    new Field(reader.names().get(39), Kind.CATEGORY)));
            Table head = reader.head(last, 2);
            assertThat(head.columns().get(0).text(0)).isEqualTo("38");
            assertThat(head.columns().get(1).text(0)).isEqualTo("v39");
        }
    }

    @Test
    void areReadWithinObjects() throws IOException {
        for (Path file : List.of(
                write("o.json", "[{\"o\": {\"A\": 1, \"a\": 2}, \"b\": \"x\"}, {\"o\": {\"a\": 5, \"A\": 4}}]"),
                write("o.jsonl", "{\"o\": {\"A\": 1, \"a\": 2}, \"b\": \"x\"}\n{\"o\": {\"a\": 5, \"A\": 4}}\n"))) {
            try (TableReader reader = Source.of(file.toString()).open();
                    RowScan scan = Source.of(file.toString()).scan()) {
                assertThat(reader.names()).containsExactly("o.A", "o.a", "b");
                Table rows = reader.read(reader.profile().schema(Map.of()));
                assertThat(rows.numbers("o.A").values()).containsExactly(1, 4);
                assertThat(rows.numbers("o.a").values()).containsExactly(2, 5);
                assertThat(rows.texts("b").values()).containsExactly("x", null);
                assertThat(scan.types().keySet()).containsExactly("o.A", "o.a", "b");
            }
        }
    }

    @Test
    void leaveNamesWithNumbersBehindThemAsTheyAre() throws IOException {
        for (Path file : List.of(
                write("b.csv", "id,id_1,Id\n1,2,3\n"), write("b.jsonl", "{\"id\": 1, \"id_1\": 2, \"Id\": 3}\n"))) {
            try (TableReader reader = Source.of(file.toString()).open()) {
                assertThat(reader.names()).containsExactly("id", "id_1", "Id");
                Field field = new Field("Id", Kind.NUMBER);
                assertThat(reader.read(new Schema(List.of(field))).numbers("Id").values())
                        .containsExactly(3);
            }
        }
        try (TableReader reader =
                Source.of(write("c.csv", "a,A,a\n1,2,3\n").toString()).open()) {
            assertThat(reader.names()).containsExactly("a", "A", "a_2");
        }
    }

    @Test
    void areColumnsOfTheirOwnInADatabaseThatTellsThemApart() throws IOException {
        Table rows = table(1);
        String h2 = "jdbc:h2:" + folder.resolve("h2").toAbsolutePath();
        try (DatabaseTable out = DatabaseTable.open(h2, "answers")) {
            out.begin(rows, Map.of(), "");
            out.write(rows);
            out.commit("");
            out.finish();
        }
        ReadOptions query = ReadOptions.DEFAULTS.withQuery("SELECT * FROM answers");
        try (TableReader reader = new Source(h2, query).open()) {
            assertThat(reader.names()).containsExactly("Id", "id", "ID");
            assertRows(reader.read(NUMBERS));
        }
        try (DatabaseTable out = DatabaseTable.open("jdbc:duckdb:" + folder.resolve("other.duckdb"), "answers")) {
            assertThatThrownBy(() -> out.begin(rows, Map.of(), ""))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "cannot make the table answers: some of its columns differ only by case (Id, id, ID), which"
                                    + " this database does not tell apart; write a file instead");
        }
    }

    @Test
    void refusesANameThatOccursTwiceInADatabase() throws IOException {
        ReadOptions query = ReadOptions.DEFAULTS.withQuery("SELECT 1 AS \"x\", 2 AS \"x\"");
        Source source = new Source("jdbc:h2:mem:twice", query);
        assertThatThrownBy(source::open)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column names must differ. Received: 'x' twice");
    }

    @Test
    void areSaidAsTheyAre() {
        assertThat(Sql.columns("no column " + Sql.name("Id") + " or " + Sql.name("id")))
                .isEqualTo("no column \"Id\" or \"id\"");
        assertThat(Sql.column("Id\u00010")).isEqualTo("Id");
        assertThat(Sql.name("a\u00010")).isNotEqualToIgnoringCase(Sql.name("A"));
    }

    private static void assertRows(Table rows) {
        assertThat(rows.numbers("Id").values()).containsExactly(1, 4);
        assertThat(rows.numbers("id").values()).containsExactly(2, 5);
        assertThat(rows.numbers("ID").values()).containsExactly(3, 6);
    }

    private static Table table(double first) {
        List<Column> columns = new ArrayList<>();
        for (String name : NUMBERS.names()) {
            double value = first + columns.size();
            columns.add(new NumberColumn(name, new double[] {value, value + 3}));
        }
        return Table.of(columns);
    }

    private Path parquet(String name, double first) throws IOException {
        Path file = folder.resolve(name);
        try (TableWriter writer = TableWriter.to(file)) {
            writer.write(table(first));
            writer.finish();
        }
        return file;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
