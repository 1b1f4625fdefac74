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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    private Path folder;

    @Test
    void aTextFileIsOneDocument() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "\uFEFFone\ntwo 床前明月光\n");
        assertThat(read(file.toString())).containsExactly(List.of("one\ntwo 床前明月光\n"));
    }

    @Test
    void aLongTextComesInPiecesThatAreCutBeforeALineWithText() throws IOException {
        String paragraph = "word ".repeat(50) + "\n\n\n  indented\n";
        Path file = Files.writeString(folder.resolve("a.txt"), paragraph.repeat(3000));
        List<String> pieces = read(file.toString()).get(0);
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(String.join("", pieces)).isEqualTo(paragraph.repeat(3000));
        assertThat(pieces).allMatch(piece -> piece.startsWith("word") && piece.endsWith("\n"));
    }

    @Test
    void aLineWithoutEndIsCutToo() throws IOException {
        String text = "\uD83D\uDE00a".repeat(1 << 19);
        Path file = Files.writeString(folder.resolve("a.txt"), text);
        List<String> pieces = read(file.toString()).get(0);
        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allMatch(piece -> piece.length() < 1_000_000 && !Character.isLowSurrogate(piece.charAt(0)));
    }

    @Test
    void readsFoldersPackedFilesAndJsonLinesInOrder() throws IOException {
        Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"two\"}\n\n{\"text\": \"three\", \"id\": 3}\n");
        Files.writeString(folder.resolve("a.txt"), "one");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.txt.gz")))) {
            out.write("four".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(folder.toString()))
                .containsExactly(List.of("one"), List.of("two"), List.of("three"), List.of("four"));
    }

    @Test
    void knowsTheFingerprintOfWhatItRead() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "one");
        assertThat(fingerprint(file)).isEqualTo(Source.of(file.toString()).fingerprint());
        Path packed = folder.resolve("b.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("{\"text\": \"two\"}\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(fingerprint(packed)).isEqualTo(Source.of(packed.toString()).fingerprint());
        assertThat(fingerprint(folder))
                .isEqualTo(Source.of(folder.toString()).fingerprint())
                .isNotEqualTo(fingerprint(file));
    }

    private static String fingerprint(Path location) {
        try (DocumentReader reader = new Documents(location.toString()).open()) {
            assertThatThrownBy(reader::fingerprint).isInstanceOf(IllegalStateException.class);
            reader.forEachRemaining(piece -> {});
            return reader.fingerprint();
        }
    }

    @Test
    void aFolderMayHaveANameThatIsNoPattern() throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus [2024] {a}/below"));
        Files.writeString(corpus.resolve("a.txt"), "one");
        assertThat(read(corpus.getParent().toString())).containsExactly(List.of("one"));
        assertThat(Documents.areTexts(corpus.getParent().toString())).isTrue();
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read(empty.toString())).hasMessage("the folder " + empty + " holds no file");
    }

    @Test
    void readsOtherEncodings() throws IOException {
        Path file = Files.write(folder.resolve("a.txt"), "静夜思".getBytes(Charset.forName("gb18030")));
        assertThat(read(new Documents(List.of(file.toString()), "gb18030"))).containsExactly(List.of("静夜思"));
    }

    @Test
    void saysWhereATextIsNotWhatItShouldBe() throws IOException {
        Path file =
                Files.write(folder.resolve("a.txt"), "one\ntwo\nth\u00e9ee\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(file.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.txt is not utf-8")
                .hasMessageContaining("set data.encoding to the file's encoding, such as latin-1");
        Path lines = Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"two\"}\n{\"txt\": 1}\n");
        assertThatThrownBy(() -> read(lines.toString()))
                .hasMessage(lines + ", line 2 must be an object with a field 'text' that holds a text."
                        + " Received: {\"txt\": 1}");
        assertThatThrownBy(() -> read("nowhere.txt"))
                .hasMessage("cannot read nowhere.txt: no such file; check the path");
    }

    @Test
    void knowsTextsFromTables() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one");
        assertThat(Documents.areTexts(folder.resolve("a.txt").toString())).isTrue();
        assertThat(Documents.areTexts(folder.toString())).isTrue();
        Files.writeString(folder.resolve("b.csv"), "x\n1\n");
        assertThat(Documents.areTexts(folder.toString())).isFalse();
        assertThat(Documents.areTexts("jdbc:postgresql://localhost/x.txt")).isFalse();
    }

    private static List<List<String>> read(String location) {
        return read(new Documents(location));
    }

    private static List<List<String>> read(Documents documents) {
        List<List<String>> all = new ArrayList<>();
        List<String> pieces = new ArrayList<>();
        try (DocumentReader reader = documents.open()) {
            while (reader.hasNext()) {
                Documents.Piece piece = reader.next();
                pieces.add(piece.text());
                if (piece.last()) {
                    all.add(List.copyOf(pieces));
                    pieces.clear();
                }
            }
        }
        return all;
    }
}
