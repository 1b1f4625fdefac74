package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in other encodings than UTF-8. */
class EncodingTest {
    @TempDir
    Path folder;

    /** Where copies in UTF-8 go. */
    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "latin-1, José",
        "windows-1252, 5 € „José“",
        "utf-16, José",
        "utf-16le, José",
        "utf-16be, 何塞",
        "gbk, 何塞",
        "gb18030, 何塞",
        "big5, 何塞",
        "shift_jis, 東京",
        "UTF-8, 何塞"
    })
    void areRead(String encoding, String name) throws IOException {
        Charset charset = Charset.forName(encoding.replace("latin-1", "iso-8859-1"));
        byte[] csv = ("名,x\n" + name + ",1\nB,2\n").replace("名", "name").getBytes(charset);
        byte[] json = ("{\"name\":\"" + name + "\",\"x\":1}\n{\"name\":\"B\",\"x\":2}\n").getBytes(charset);
        Path packed = folder.resolve("b.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(csv);
        }
        for (Path file : List.of(
                Files.write(folder.resolve("a.csv"), csv), packed, Files.write(folder.resolve("a.jsonl"), json))) {
            try (TableReader reader = copied(file, encoding)) {
                Table table = reader.read(reader.profile().schema(Map.of()));
                assertThat(table.texts("name").values()).containsExactly(name, "B");
                assertThat(table.numbers("x").values()).containsExactly(1, 2);
            }
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void areCopiedForAsLongAsTheyAreRead() throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), "name,x\nJosé,1\n".getBytes("utf-16"));
        try (TableReader reader = copied(file, "utf-16")) {
            assertThat(reader.count()).isEqualTo(1);
            assertThat(temporary).isDirectoryContaining("regex:.*lungo-\\d+\\.csv");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, José, 0xE9, latin-1",
        "windows-1252, 5 €, 0x80, windows-1252",
        "gb18030, 何塞, 0xBA, gb18030",
    })
    void areNamedWithTheFirstByteThatIsNotUtf8(String charset, String text, String value, String advice)
            throws IOException {
        for (int before : new int[] {0, 100, 400_000}) {
            Path file = folder.resolve("a.csv");
            byte[] bytes =
                    ("name,x\n" + "abc,1\n".repeat(before) + text + ",2\nB,3\n").getBytes(Charset.forName(charset));
            Files.write(file, bytes);
            assertThatThrownBy(() -> {
                        try (TableReader reader = open(file, "utf-8")) {
                            reader.profile();
                        }
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + " is not UTF-8 (line " + (before + 2) + ", byte " + value
                            + "); set data.read.encoding: " + advice);
        }
        Path header = Files.write(folder.resolve("h.csv"), "größe,x\n1,2\n".getBytes("iso-8859-1"));
        assertThatThrownBy(() -> open(header, "utf-8")).hasMessageContaining("(line 1, byte 0xF6)");
        Path json = Files.write(folder.resolve("a.jsonl"), "{\"n\":\"José\"}\n".getBytes("iso-8859-1"));
        assertThatThrownBy(() -> open(json, "utf-8")).hasMessageContaining("is not UTF-8 (line 1, byte 0xE9)");
    }

    @Test
    void mustBeKnownAndFit() throws IOException {
        assertThatThrownBy(() -> Encoding.named("gb18031"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: gb18031; did you mean 'gb18030'?");
        assertThatThrownBy(() -> Encoding.named("a b")).hasMessageContaining("Received: a b");
        Path file = Files.writeString(folder.resolve("a.csv"), "name,x\nJosé,1\n");
        assertThatThrownBy(() -> copied(file, "us-ascii"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv is not text in us-ascii; set data.read.encoding");
        Path ragged = Files.write(folder.resolve("r.csv"), "a,b\n1,é\n2\n".getBytes("windows-1252"));
        assertThatThrownBy(() -> {
                    try (TableReader reader = copied(ragged, "windows-1252")) {
                        reader.profile();
                    }
                })
                .hasMessageStartingWith(ragged + ":3: expected 2 values. Received: 1");
        assertThat(temporary).isEmptyDirectory();
    }

    private TableReader copied(Path file, String encoding) {
        Source source = source(file, encoding);
        return TableReader.open(source, Rewriting.of(source, temporary));
    }

    private static TableReader open(Path file, String encoding) {
        return source(file, encoding).open();
    }

    private static Source source(Path file, String encoding) {
        return new Source(file.toString(), new ReadOptions(null, null, encoding, ReadOptions.DEFAULTS.missing(), null));
    }
}
