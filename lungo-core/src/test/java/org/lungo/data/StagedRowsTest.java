package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.Random;

/** Against a {@link Table} of the same file: more rows than two chunks. */
class StagedRowsTest {
    private static final int ROWS = 150_000;

    @TempDir
    private Path folder;

    private Path file;
    private Table table;
    private StagedRows streamed;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("rows.csv");
        StringBuilder text = new StringBuilder("x,colour\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row % 11 == 0 ? "" : row * 0.5)
                    .append(',')
                    .append(row % 7 == 0 ? "" : "c" + row % 100)
                    .append('\n');
        }
        Files.writeString(file, text);
        Source source = Source.of(file.toString());
        Schema schema = new Schema(List.of(new Field("x", Kind.NUMBER), new Field("colour", Kind.CATEGORY)));
        try (TableReader reader = source.open()) {
            table = reader.read(schema);
            streamed = StagedRows.of(reader, schema, folder.resolve("staged.duckdb"));
        }
    }

    @Test
    void givesTheRowsOfTheTable() {
        assertThat(streamed.rows()).isEqualTo(ROWS);
        assertSame(streamed.load(), table);
        assertSame(Table.of(List.of(streamed.column("x"), streamed.column("colour"))), table);
        assertSame(streamed.sample(1000, Random.of(3)), table.sample(1000, Random.of(3)));
    }

    @Test
    void selectsOfWhatWasSelected() {
        int[] third = IntStream.range(0, ROWS).filter(row -> row % 3 == 0).toArray();
        int[] some = IntStream.range(0, third.length)
                .filter(row -> row % 1000 == 5 || row > third.length - 3)
                .toArray();
        assertSame(
                streamed.select(third).select(some).load(),
                table.select(third).select(some).load());
        assertThat(streamed.select(third).column("x").rows()).isEqualTo(third.length);
    }

    @Test
    void readsInChunks() {
        List<Integer> sizes = new ArrayList<>();
        streamed.forEachChunk(chunk -> sizes.add(chunk.rows()));
        assertThat(sizes).hasSize(3).allMatch(size -> size <= 1 << 16);
    }

    @Test
    void refusesTextInANumberColumn() {
        Schema wrong = new Schema(List.of(new Field("colour", Kind.NUMBER)));
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThatThrownBy(() -> StagedRows.of(reader, wrong, folder.resolve("wrong.duckdb")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("column 'colour' must hold a finite number in every row");
        }
    }

    @Test
    void namesAColumnThatIsMissing() {
        assertThatThrownBy(() -> streamed.column("colr"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'colr'. Columns: x, colour");
    }

    private static void assertSame(Table actual, Table expected) {
        assertThat(((NumberColumn) actual.column("x")).values())
                .containsExactly(((NumberColumn) expected.column("x")).values());
        assertThat(((TextColumn) actual.column("colour")).values())
                .containsExactly(((TextColumn) expected.column("colour")).values());
    }
}
