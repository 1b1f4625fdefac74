package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFolderTest {
    private static final Schema ALL = new Schema(
            List.of(new Field("file", Kind.CATEGORY), new Field("label", Kind.CATEGORY), new Field("text", Kind.TEXT)));

    @TempDir
    Path folder;

    @Test
    void aFileIsARowWhoseLabelIsItsTopmostFolder() throws IOException {
        write("pos/a.txt", "\uFEFFgood\nfilm", StandardCharsets.UTF_8);
        write("pos/2020/b.md", "非常好", StandardCharsets.UTF_8);
        write("neg/c", "", StandardCharsets.UTF_8);
        write("neg/.hidden.jpg", "x", StandardCharsets.UTF_8);
        Path packed = folder.resolve("neg/d.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("bad".getBytes(StandardCharsets.UTF_8));
        }
        Table table = read(Source.of(folder.toString()));
        assertThat(table.texts("file").values()).containsExactly("neg/c", "neg/d.txt.gz", "pos/2020/b.md", "pos/a.txt");
        assertThat(table.texts("label").values()).containsExactly("neg", "neg", "pos", "pos");
        assertThat(table.texts("text").values()).containsExactly(null, "bad", "非常好", "good\nfilm");
        try (TableReader reader = Source.of(folder.toString()).open()) {
            assertThat(reader.profile().schema(Map.of()).fields())
                    .extracting(Field::kind)
                    .containsExactly(Kind.IGNORE, Kind.CATEGORY, Kind.TEXT);
        }
    }

    @Test
    void foldersAreNamesAlsoWhereTheyAreNumbers() throws IOException {
        for (int stars = 1; stars <= 5; stars++) {
            write(stars + "/a.txt", "2024-05-0" + stars, StandardCharsets.UTF_8);
        }
        try (TableReader reader = Source.of(folder.toString()).open()) {
            Schema schema = reader.profile().schema(Map.of());
            assertThat(schema.kind("label")).isEqualTo(Kind.CATEGORY);
            assertThat(schema.kind("text")).isEqualTo(Kind.TEXT);
        }
    }

    @Test
    void readsOtherEncodings() throws IOException {
        write("诗/a.txt", "静夜思", Charset.forName("gb18030"));
        ReadOptions options = new ReadOptions(null, null, "gb18030", List.of(), null);
        assertThat(read(new Source(folder.toString(), options)).texts("text").values())
                .containsExactly("静夜思");
        ReadOptions wrong = new ReadOptions(null, null, "euc-kr", List.of(), null);
        write("诗/b.txt", "\u00ff\u00ff\u00ff", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(new Source(folder.toString(), wrong)))
                .hasMessageContaining("is not text in euc-kr");
    }

    @Test
    void namesTheFileThatIsNotInTheEncodingAndPredictionGoesOnWithoutIt() throws IOException {
        write("pos/a.txt", "good", StandardCharsets.UTF_8);
        write("pos/b.txt", "one\ntr\u00e8s bien", StandardCharsets.ISO_8859_1);
        write("pos/c.txt", "fine", StandardCharsets.UTF_8);
        String message =
                folder.resolve("pos/b.txt") + " is not UTF-8 (line 2, byte 0xE8); set data.read.encoding: latin-1";
        assertThatThrownBy(() -> read(Source.of(folder.toString()))).hasMessage(message);
        List<BadRow> broken = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        try (RowScan scan = Source.of(folder.toString()).scan()) {
            scan.read(ALL, List.of(), RowMark.START, chunks::add);
            scan.brokenLines(broken::add);
        }
        assertThat(chunks.get(0).rows().texts("text").values()).containsExactly("good", "fine");
        assertThat(broken).containsExactly(new BadRow(0, 0, message, "pos/b.txt"));
    }

    @Test
    void refusesWhatIsNoFolderOfTexts() throws IOException {
        Files.createDirectories(folder.resolve("pos"));
        assertThatThrownBy(() -> read(Source.of(folder.toString()))).hasMessageContaining("holds no file");
        write("pos/a.txt", "a\0b", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(Source.of(folder.toString()))).hasMessageContaining("it holds zero bytes");
        write("notes.txt", "x", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(Source.of(folder.toString())))
                .hasMessageContaining(
                        "must lie in a folder, whose name is its label. Received: " + folder.resolve("notes.txt"));
        write("pos/a.jpg", "x", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(Source.of(folder.toString())))
                .hasMessageContaining("in which " + Path.of("pos", "a.jpg") + " is no text");
    }

    @Test
    void aLongDocumentIsOneText() throws IOException {
        write("long/a.txt", "字a\n".repeat(2_000_000), StandardCharsets.UTF_8); // 10 MB
        String text = read(Source.of(folder.toString())).texts("text").values()[0];
        assertThat(String.valueOf(text).length()).isEqualTo(6_000_000);
    }

    @Test
    void theFingerprintTellsWhenATextChanges() throws IOException {
        write("pos/a.txt", "good", StandardCharsets.UTF_8);
        write("neg/b.txt", "bad", StandardCharsets.UTF_8);
        String before = Source.of(folder.toString()).fingerprint();
        assertThat(before).matches("[0-9a-f]{64}");
        write("neg/b.txt", "worse", StandardCharsets.UTF_8);
        assertThat(Source.of(folder.toString()).fingerprint()).isNotEqualTo(before);
        write("neg/b.txt", "bad", StandardCharsets.UTF_8);
        assertThat(Source.of(folder.toString()).fingerprint()).isEqualTo(before);
    }

    @Test
    void aFolderOfFoldersIsOneSourceAndAFolderOfTablesIsItsFiles() throws IOException {
        write("pos/a.txt", "good", StandardCharsets.UTF_8);
        assertThat(Source.of(folder.toString()).files()).containsExactly(Source.of(folder.toString()));
        write("b.csv", "x\n1\n", StandardCharsets.UTF_8);
        assertThat(Source.of(folder.toString()).files())
                .containsExactly(Source.of(folder.resolve("b.csv").toString()));
        Source flat = Source.of(folder.resolve("pos").toString());
        assertThat(flat.holdsTextsFor(List.of("text"))).isTrue();
        assertThat(flat.holdsTextsFor(List.of("text", "price"))).isFalse();
        assertThat(read(flat).texts("label").values()).containsExactly((String) null);
    }

    private Table read(Source source) {
        try (TableReader reader = source.open()) {
            return reader.read(ALL);
        }
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(charset));
    }
}
