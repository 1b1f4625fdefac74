package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;

class TextFilesTest {
    @TempDir
    private Path folder;

    @Test
    void readsFoldersAndArchivesInPartsOfWholeLines() throws IOException {
        String lines = "eine Zeile 🐻\r\n".repeat(20_000);
        String line = "🐻".repeat(700_000);
        Files.writeString(folder.resolve("a.txt"), lines);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.txt.gz")))) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(Files.createDirectory(folder.resolve("c")).resolve("d"), "");
        TextFiles files = new TextFiles(List.of(folder));
        List<String> parts = new ArrayList<>();
        files.forEach(parts::add);
        assertThat(files.files()).hasSize(3);
        assertThat(String.join("", parts).equals(lines + line)).isTrue();
        assertThat(parts).hasSizeBetween(4, 40).allMatch(part -> part.length() <= Tokenizer.MOST_CHARACTERS);
        assertThat(parts.get(0)).endsWith("\n");
        assertThat(parts).allMatch(part -> !Character.isLowSurrogate(part.charAt(0)));
    }

    @Test
    void saysWhichFileIsNoText() throws IOException {
        assertThatThrownBy(() -> new TextFiles(List.of(folder.resolve("x")))).hasMessageContaining("x is missing");
        assertThatThrownBy(() -> new TextFiles(List.of(folder))).hasMessageContaining("has no file");
        Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xE4, 'b'});
        assertThatThrownBy(() -> new TextFiles(List.of(file)).iterator().hasNext())
                .isInstanceOf(DataException.class)
                .hasMessage(file + " is not text in UTF-8; convert it first");
        Path zip = Files.writeString(folder.resolve("x.gz"), "plain");
        assertThatThrownBy(() -> new TextFiles(List.of(zip)).iterator().hasNext())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not gzip as its name says");
    }
}
