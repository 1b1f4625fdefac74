package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LineEndsTest {
    @TempDir
    private Path folder;

    /** A text and its lines. */
    private record Case(String text, List<String> lines) {}

    static List<Case> cases() {
        return List.of(
                new Case("", List.of()),
                new Case("a", List.of("a")),
                new Case("a\nb\r\n", List.of("a", "b")),
                new Case("\n\r\n", List.of("", "")),
                new Case("a\rb\n\rc", List.of("a\rb", "\rc")),
                new Case("a\r\r\nb\r", List.of("a\r", "b\r")),
                new Case("a\u0085b\u2028c\u2029d\u000Be\u000Cf\n", List.of("a\u0085b\u2028c\u2029d\u000Be\u000Cf")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areLineFeedsWithOrWithoutCarriageReturn(Case lines) throws IOException {
        assertThat(LineEnds.split(lines.text())).isEqualTo(lines.lines());
        List<String> read = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new StringReader(lines.text()));
        for (String line = LineEnds.read(reader); line != null; line = LineEnds.read(reader)) {
            read.add(line);
        }
        assertThat(read).isEqualTo(lines.lines());
        Path file = Files.writeString(folder.resolve("lines.txt"), lines.text());
        assertThat(TextLines.of(file.toString(), "utf-8")).isEqualTo(lines.lines());
        try (LineReader whole = LineReader.open(file.toString(), "utf-8")) {
            assertThat(whole.next(100)).isEqualTo(lines.lines());
        }
    }

    @Test
    void countCarriageReturnsBetweenTheValuesOfJsonAsSpace() throws IOException {
        Path file = folder.resolve("texts.jsonl");
        Files.write(file, "{\"text\":\r\"a\"}\n{\"text\": \"b\"}\r\n".getBytes(StandardCharsets.UTF_8));
        List<String> texts = new ArrayList<>();
        try (DocumentReader reader = new Documents(List.of(file.toString()), "utf-8").open()) {
            reader.texts().forEachRemaining(texts::add);
        }
        assertThat(texts).containsExactly("a", "b");
        assertThat(JsonLines.names(Source.of(file.toString()))).containsExactly("text");
        assertThat(JsonFault.of(Source.of(file.toString()))).isNull();
    }
}
