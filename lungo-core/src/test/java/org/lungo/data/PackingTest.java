package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose names say something else than their bytes. */
class PackingTest {
    private static final String CSV = "name,x\nA,1\nB,2\n";
    private static final String JSON = "{\"name\":\"A\",\"x\":1}\n{\"name\":\"B\",\"x\":2}\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.csv, true",
        "a.csv.gz, false",
        "a.csv.GZ, true",
        "a.jsonl, true",
        "a.ndjson.gz, false",
        "a.json, true"
    })
    void tablesAreReadByTheirBytes(String name, boolean packed) throws IOException {
        Path file = write(name, name.contains("json") ? JSON : CSV, packed);
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertHoldsBothRows(reader.read(reader.profile().schema(Map.of())));
        }
        List<Table> scanned = new ArrayList<>();
        try (RowScan scan = Source.of(file.toString()).scan()) {
            Schema schema = new Schema(List.of(new Field("name", Kind.CATEGORY), new Field("x", Kind.NUMBER)));
            scan.read(schema, List.of(), RowMark.START, chunk -> scanned.add(chunk.rows()));
        }
        assertHoldsBothRows(Table.concat(scanned));
    }

    private static void assertHoldsBothRows(Table table) {
        assertThat(table.texts("name").values()).containsExactly("A", "B");
        assertThat(table.numbers("x").values()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"a.txt, true", "a.txt.gz, false"})
    void textsAreReadByTheirBytes(String name, boolean packed) throws IOException {
        String file = write(name, "one\ntwo\n", packed).toString();
        assertThat(TextLines.of(file, "utf-8")).containsExactly("one", "two");
        try (LineReader lines = LineReader.open(file, "utf-8")) {
            assertThat(lines.next(5)).containsExactly("one", "two");
        }
        try (DocumentReader documents = new Documents(file).open()) {
            assertThat(documents.next().text()).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void otherPackingsAreRefusedByName() throws IOException {
        byte[] excel = zip("[Content_Types].xml", "xl/workbook.xml");
        assertRefused(excel, "an Excel workbook; save the sheet as CSV, and name that file");
        assertRefused(
                bytes(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0), "an Excel workbook; save the sheet as CSV");
        assertRefused(zip("c.csv"), "a zip archive; unpack it, and name the file that comes out");
        assertRefused(bytes(0x28, 0xB5, 0x2F, 0xFD, 0, 1), "a Zstandard file; unpack it with zstd -d");
        assertRefused(bytes(0xFD, '7', 'z', 'X', 'Z', 0, 0), "an xz file; unpack it with xz -d");
        assertRefused("BZh91AY&SYxxxx".getBytes(StandardCharsets.ISO_8859_1), "a bzip2 file; unpack it with bzip2 -d");
        assertRefused(bytes('P', 'A', 'R', '1', 0), "a Parquet file; rename it so that its name ends in .parquet");
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        for (String name : List.of("a.csv", "a.jsonl", "a.csv.gz")) {
            Path file = Files.write(folder.resolve(name), content);
            String expected = file + " must be a text file, which gzip may pack. Received: " + message;
            assertThatThrownBy(() -> Source.of(file.toString()).open())
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(expected);
            assertThatThrownBy(() -> Source.of(file.toString()).scan()).hasMessageStartingWith(expected);
            assertThatThrownBy(() -> LineReader.open(file.toString(), "utf-8")).hasMessageStartingWith(expected);
            assertThatThrownBy(() -> TextLines.of(file.toString(), "utf-8")).hasMessageStartingWith(expected);
            assertThatThrownBy(() -> new Documents(file.toString()).open().next())
                    .hasMessageStartingWith(expected);
        }
    }

    @Test
    void aTableCalledParquetIsRefusedByWhatItIs() throws IOException {
        Path file = write("a.parquet", CSV, false);
        assertThatThrownBy(() -> Source.of(file.toString()).open())
                .hasMessage(file + " must be a Parquet file. Received: a plain file; name it by what it holds, such as"
                        + " .csv or .jsonl");
        write("a.parquet", CSV, true);
        assertThatThrownBy(() -> Source.of(file.toString()).open())
                .hasMessage(file + " must be a Parquet file. Received: a gzip file; unpack it, or name it by what it"
                        + " holds");
        Files.write(file, zip("xl/workbook.xml"));
        assertThatThrownBy(() -> Source.of(file.toString()).open())
                .hasMessage(
                        file + " must be a Parquet file. Received: an Excel workbook; save the sheet as CSV, and name"
                                + " that file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[{}, {}]", "{}\n{}", "[1, 2]", "\"text\""})
    void jsonWithoutValuesIsRefused(String text) throws IOException {
        for (String name : List.of("a.json", "a.jsonl")) {
            Path file = write(name, text, false);
            assertThatThrownBy(() -> Source.of(file.toString()).open())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(file.toString());
        }
        Path file = write("a.json", text, false);
        assertThatThrownBy(() -> Source.of(file.toString()).open())
                .hasMessage(
                        file + " must hold objects with values, such as {\"age\": 41, \"city\": \"Rome\"}. Received: "
                                + text.replace('\n', ' '));
    }

    @Test
    void aColumnMayBeCalledJson() throws IOException {
        Path file = write("a.json", "[{\"json\": 1}, {\"json\": \"x\"}]", false);
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.names()).containsExactly("json");
        }
    }

    @Test
    void linesWithoutValuesAreRefusedInBatches() throws IOException {
        Path file = write("a.jsonl", "{}\n{}\n", false);
        assertThatThrownBy(() -> Source.of(file.toString()).scan())
                .hasMessageContaining("must hold objects with values");
    }

    private Path write(String name, String text, boolean packed) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream bytes = Files.newOutputStream(file);
                OutputStream out = packed ? new GZIPOutputStream(bytes) : bytes) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write('x');
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
