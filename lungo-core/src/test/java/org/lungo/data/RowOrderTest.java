package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows come in the order of the file, also of one that is read by several threads. */
class RowOrderTest {
    private static final int ROWS = 300_000;

    @TempDir
    Path folder;

    @Test
    void isThatOfTheFile() throws Exception {
        for (String name : List.of("rows.csv", "rows.parquet", "rows.jsonl")) {
            Path file = folder.resolve(name);
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                statement.execute("COPY (SELECT i AS id, repeat('text', 10) || i % 7 AS note FROM range(" + ROWS
                        + ") AS t(i)) TO '" + file + "'" + (name.endsWith("jsonl") ? " (FORMAT json)" : ""));
            }
            Schema schema = new Schema(List.of(new Field("id", Kind.NUMBER), new Field("note", Kind.CATEGORY)));
            double[] expected = DoubleStream.iterate(0, i -> i + 1).limit(ROWS).toArray();
            try (TableReader reader = Source.of(file.toString()).open()) {
                assertThat(reader.read(schema).numbers("id").values()).as(name).isEqualTo(expected);
            }
            List<Table> chunks = new ArrayList<>();
            try (RowScan scan = Source.of(file.toString()).scan()) {
                scan.read(schema, List.of(), RowMark.START, chunk -> chunks.add(chunk.rows()));
            }
            assertThat(Table.concat(chunks).numbers("id").values()).as(name).isEqualTo(expected);
        }
    }
}
