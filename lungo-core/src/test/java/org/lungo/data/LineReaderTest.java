package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    @TempDir
    private Path folder;

    /** Characters of one to four bytes fall on every place of the buffers. */
    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "utf-16", "gb18030"})
    void readsCharactersAcrossBuffers(String encoding) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add("a".repeat(i % 5) + "é床😀" + i);
        }
        byte[] bytes = String.join("\r\n", lines).getBytes(Charset.forName(encoding));
        Path plain = Files.write(folder.resolve("lines.txt"), bytes);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        Path gz = Files.write(folder.resolve("lines.txt.gz"), packed.toByteArray());
        for (Path file : List.of(plain, gz)) {
            try (LineReader reader = LineReader.open(file.toString(), encoding)) {
                List<String> read = new ArrayList<>();
                reader.forEachRemaining(read::add);
                assertThat(read).isEqualTo(lines);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 700, 5_000})
    void namesTheLineOfWrongBytes(int line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1; i < line; i++) {
            bytes.writeBytes("eine Zeile\n".getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes(new byte[] {'a', (byte) 0xFF, '\n', 'b', '\n'});
        try (LineReader reader = LineReader.of("texts.txt", new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(reader.next(line - 1)).hasSize(line - 1);
            assertThatThrownBy(reader::hasNext)
                    .isInstanceOf(DataException.class)
                    .hasMessage("texts.txt is not utf-8 (line " + line
                            + "); set data.encoding to the file's encoding, such as latin-1 or gb18030, or convert it");
        }
    }

    @Test
    void anEndInTheMiddleOfACharacterIsWrong() {
        byte[] bytes = {'a', '\n', (byte) 0xE5, (byte) 0xBA};
        try (LineReader reader = LineReader.of("cut.txt", new ByteArrayInputStream(bytes))) {
            assertThat(reader.next()).isEqualTo("a");
            assertThatThrownBy(reader::hasNext).hasMessageStartingWith("cut.txt is not utf-8 (line 2)");
        }
    }

    @Test
    void handsOutSomeLinesAtATime() {
        byte[] bytes = "\uFEFFa\n\nb\nc".getBytes(StandardCharsets.UTF_8);
        try (LineReader reader = LineReader.of("here", new ByteArrayInputStream(bytes))) {
            assertThat(reader.next(3)).containsExactly("a", "", "b");
            assertThat(reader.next(3)).containsExactly("c");
            assertThat(reader.next(3)).isEmpty();
        }
    }
}
