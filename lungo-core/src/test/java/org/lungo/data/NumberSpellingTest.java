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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a number is one in files, batches and single rows alike. */
class NumberSpellingTest {
    private static final Schema PLAIN = new Schema(List.of(new Field("x", Kind.NUMBER)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                "-1.5",
                "+3",
                "1.",
                ".5",
                "1e3",
                "1E-3",
                "-2.5e+2",
                "007",
                "12d",
                "1f",
                "1D",
                "0x1p3",
                "0x10",
                "1e",
                "--1",
                "Infinity",
                "inf",
                "1e999",
                "1 2",
                "e5",
                ".",
                "+",
                "1.2.3",
                "٣"
            })
    void aRowReadsWhatABatchReads(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "x,y\n" + text + ",1\n");
        List<Chunk> chunks = new ArrayList<>();
        try (RowScan scan = Source.of(file.toString()).scan()) {
            scan.read(PLAIN, List.of(), RowMark.START, chunks::add);
        }
        RowParser parser = new RowParser(PLAIN, ReadOptions.DEFAULTS.missing());
        List<Map<String, String>> rows = List.of(Map.of("x", text));
        if (chunks.get(0).bad().isEmpty()) {
            assertThat(parser.parse(rows).numbers("x").values())
                    .containsExactly(chunks.get(0).rows().numbers("x").values());
        } else {
            assertThatThrownBy(() -> parser.parse(rows)).hasMessageContaining("must hold a number");
        }
    }

    @Test
    void aNumberOfJsonIsOneWhereTextsHaveADecimalComma() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"x\": 1.5, \"id\": 1}\n{\"x\": \"1.234,5\", \"id\": 2}\n{\"x\": -2e3, \"id\": 3}\n{\"x\": 7, \"id\": 4}\n");
        Schema comma = new Schema(List.of(new Field("x", Kind.NUMBER, ",")));
        List<Chunk> chunks = new ArrayList<>();
        try (RowScan scan = Source.of(file.toString()).scan()) {
            scan.read(comma, List.of("x", "id"), RowMark.START, chunks::add);
        }
        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).bad()).isEmpty();
        assertThat(chunks.get(0).rows().numbers("x").values()).containsExactly(1.5, 1234.5, -2000, 7);
        Table kept = java.util.Objects.requireNonNull(chunks.get(0).kept());
        assertThat(kept.texts("x").values()).containsExactly("1.5", "1.234,5", "-2000.0", "7");
        assertThat(kept.texts("id").values()).containsExactly("1", "2", "3", "4");
    }
}
