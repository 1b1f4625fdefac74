package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SentencesTest {
    @TempDir
    private Path folder;

    @Test
    void areTexts() {
        assertThat(Sentences.are(
                        List.of("what films featured the character ?", "Who was Galileo and when did he live ?")))
                .isTrue();
        assertThat(Sentences.are(List.of("房间很大，服务也不错，下次还来。"))).isTrue();
        assertThat(Sentences.are(List.of("WORST PHONE EVER, IT BROKE AFTER ONE DAY AND NOBODY HELPED")))
                .isTrue();
        assertThat(Sentences.are(List.of("Das Zimmer war groß und sehr sauber")))
                .isTrue();
    }

    @Test
    void areNotNamesAddressesAndCodes() {
        assertThat(Sentences.are(
                        List.of("Braund, Mr. Owen Harris", "Cumings, Mrs. John Bradley (Florence Briggs Thayer)")))
                .isFalse();
        assertThat(Sentences.are(List.of("12 Main Street, Springfield, IL 62701")))
                .isFalse();
        assertThat(Sentences.are(List.of("1.0 2.0 3.0 4.0 5.0 6.0 7.0 8.0 9.0 10.0")))
                .isFalse();
        assertThat(Sentences.are(List.of("0d6c3f0e8b5f4d2d9f59", "https://example.org/a/very/long/path?x=1")))
                .isFalse();
        assertThat(Sentences.are(List.of("北京市海淀区"))).isFalse();
        assertThat(Sentences.are(List.of())).isFalse();
    }

    @Test
    void mustDiffer() throws IOException {
        StringBuilder rows = new StringBuilder("review,status,name\n");
        for (int row = 0; row < 40; row++) {
            rows.append("the food was number " + row + " for me,")
                    .append(
                            row % 2 == 0
                                    ? "married with two or more children,"
                                    : "not married and without any children,")
                    .append("Mr. Owen Harris Number" + row + " of Springfield\n");
        }
        Path file = Files.writeString(folder.resolve("a.csv"), rows);
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.profile().schema(Map.of()).fields())
                    .extracting(Field::kind)
                    .containsExactly(Kind.TEXT, Kind.CATEGORY, Kind.CATEGORY);
        }
    }
}
