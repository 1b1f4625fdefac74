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

/** Objects within rows, from a file and from a served row. */
class ColumnsTest {
    @TempDir
    Path folder;

    @Test
    void objectsBecomeColumns() throws IOException {
        Path file = write(
                "{\"id\":1,\"a\":{\"b\":2,\"c\":{\"d d\":\"x\"}},\"p.q\":7}",
                "{\"id\":2,\"a\":{\"b\":3.5,\"c\":null},\"p.q\":8}",
                "{\"id\":3}");
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.names()).containsExactly("id", "a.b", "a.c.d d", "p.q");
            Schema schema = reader.profile().schema(Map.of());
            Table table = reader.read(schema);
            assertThat(table.numbers("a.b").values()).containsExactly(2, 3.5, Double.NaN);
            assertThat(table.texts("a.c.d d").values()).containsExactly("x", null, null);
            Table served = new RowParser(schema, List.of(""))
                    .parse(List.of(
                            Map.of("id", 1, "a", Map.of("b", 2, "c", Map.of("d d", "x")), "p.q", 7),
                            Map.of("a.b", 3.5, "p", Map.of("q", 8))));
            assertThat(served.numbers("a.b").values()).containsExactly(2, 3.5);
            assertThat(served.texts("a.c.d d").values()).containsExactly("x", null);
            assertThat(served.numbers("p.q").values()).containsExactly(7, 8);
            List<Chunk> chunks = new ArrayList<>();
            try (RowScan scan = Source.of(file.toString()).scan()) {
                assertThat(scan.types().keySet()).containsExactly("id", "a.b", "a.c.d d", "p.q");
                scan.read(schema, List.of("a.c.d d"), RowMark.START, chunks::add);
            }
            assertThat(chunks.get(0).rows().numbers("a.b").values()).containsExactly(2, 3.5, Double.NaN);
            assertThat(chunks.get(0).kept().texts("a.c.d d").values()).containsExactly("x", null, null);
            assertThat(chunks.get(0).rows().numbers("p.q").values())
                    .containsExactly(table.numbers("p.q").values());
        }
    }

    @Test
    void listsAreSaidAndLeftOut() throws IOException {
        Path file = write(
                "{\"t\":[1,2],\"m\":1,\"o\":\"x\",\"y\":1}",
                "{\"t\":[],\"m\":\"a\",\"o\":{\"z\":1},\"y\":2}",
                "{\"t\":null,\"m\":true,\"o\":[1],\"y\":2}");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            List<Finding> findings = DataReport.columns(profile, schema, List.of("y"));
            assertThat(findings)
                    .extracting(Finding::kind, Finding::column)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple(Finding.Kind.NESTED, "t"),
                            org.assertj.core.groups.Tuple.tuple(Finding.Kind.NESTED, "o"));
            assertThat(findings.get(0).message())
                    .isEqualTo(
                            "'t' holds lists or objects, which models for tables do not read; make columns of what they"
                                    + " say");
            assertThat(Finding.Kind.NESTED.leavesOut()).isTrue();
            assertThat(reader.read(schema).texts("m").values()).containsExactly("1", "a", "true");
        }
    }

    @Test
    void refusesTwoValuesForOneColumn() throws IOException {
        Path file = write("{\"a\":{\"b\":1},\"a.b\":2}");
        assertThatThrownBy(() -> Source.of(file.toString()).open())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two values of a row become the column 'a.b'");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("a.jsonl"), List.of(lines));
    }
}
