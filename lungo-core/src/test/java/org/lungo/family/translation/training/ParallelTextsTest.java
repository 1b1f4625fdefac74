package org.lungo.family.translation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.LineReader;

class ParallelTextsTest {
    @TempDir
    private Path folder;

    @Test
    void readsFilesWhoseLinesBelongTogether() throws IOException {
        String from = write("a.de", "\uFEFFEin Hund.\n\nZwei Männer, z.B. \"hier\"\n");
        Path to = folder.resolve("a.en.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            out.write("A dog.\r\nNothing\r\n两个人".getBytes(StandardCharsets.UTF_8));
        }
        List<ParallelTexts.Pair> pairs = new ParallelTexts(from, null, to.toString(), "utf-8").read();
        assertThat(pairs)
                .containsExactly(
                        new ParallelTexts.Pair(1, "Ein Hund.", "A dog."),
                        new ParallelTexts.Pair(2, "", "Nothing"),
                        new ParallelTexts.Pair(3, "Zwei Männer, z.B. \"hier\"", "两个人"));
        assertThat(pairs.stream().filter(ParallelTexts.Pair::isBlank)).hasSize(1);
    }

    @Test
    void readsColumnsOfTables() throws IOException {
        ParallelTexts.Pair first = new ParallelTexts.Pair(1, "Ein Hund, hier.", "A dog, NA.");
        ParallelTexts.Pair second = new ParallelTexts.Pair(2, "", "None");
        String tsv = write("p.tsv", "id\ten\tde\n1\tA dog, NA.\tEin Hund, hier.\n2\tNone\t\n");
        assertThat(new ParallelTexts(tsv, "de", "en", "utf-8").read()).containsExactly(first, second);
        String csv = write("p.csv", "de,en\n\"Ein Hund, hier.\",\"A dog, NA.\"\n,None\n");
        assertThat(new ParallelTexts(csv, "de", "en", "utf-8").read()).containsExactly(first, second);
        String json = write(
                "p.jsonl", "{\"de\": \"Ein Hund, hier.\", \"en\": \"A dog, NA.\"}\n{\"de\": null, \"en\": \"None\"}\n");
        assertThat(new ParallelTexts(json, "de", "en", "utf-8").read()).containsExactly(first, second);
    }

    @Test
    void saysHowManyLinesThereAreWhenTheyDiffer() throws IOException {
        String from = write("a.de", "eins\nzwei\ndrei\n");
        String to = write("a.en", "one\ntwo\n");
        assertThatThrownBy(() -> new ParallelTexts(from, null, to, "utf-8").read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Received: 3 and 2 lines");
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        String from = write("a.de", "eins\n");
        assertThatThrownBy(() ->
                        new ParallelTexts(from, null, folder.resolve("b.en").toString(), "utf-8").read())
                .hasMessageContaining("b.en: no such file");
        assertThatThrownBy(() -> new ParallelTexts(from, null, folder.toString(), "utf-8").read())
                .hasMessageContaining("it is a folder");
        Files.write(folder.resolve("l.en"), new byte[] {'o', 'n', 'e', '\n', (byte) 0xE4, '\n'});
        assertThatThrownBy(() ->
                        new ParallelTexts(from, null, folder.resolve("l.en").toString(), "utf-8").read())
                .hasMessageContaining("l.en is not utf-8");
        Files.write(folder.resolve("bad.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0});
        assertThatThrownBy(() -> LineReader.open(folder.resolve("bad.gz").toString(), "utf-8"))
                .hasMessageContaining("bad.gz: it is packed with gzip, and cut short");
        String csv = write("p.csv", "de,english\nein,one\n");
        assertThatThrownBy(() -> new ParallelTexts(csv, "de", "englsh", "utf-8").read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'englsh'")
                .hasMessageContaining("did you mean 'english'?");
    }

    @Test
    void readsLinesOfAStream() {
        try (LineReader lines =
                LineReader.of("here", new ByteArrayInputStream("ä\n\n".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(lines.next()).isEqualTo("ä");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.hasNext()).isFalse();
            assertThatThrownBy(lines::next).hasMessageContaining("no more lines");
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
