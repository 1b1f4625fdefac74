package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void putsNumbersToTheRightAndRoundsThem() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("name", "Anna");
        first.put("age", "7");
        first.put("share", "0.123456789");
        Map<String, String> second = new LinkedHashMap<>(first);
        second.put("name", "Bo");
        second.put("age", "31");
        second.put("share", "12");
        assertThat(TextTable.of(List.of(first, second)).toString().lines())
                .containsExactly("name  age   share", "Anna    7  0.1235", "Bo     31      12");
    }

    @Test
    void countsCharactersThatAreTwoColumnsWide() {
        assertThat(TextTable.of(List.of(Map.of("t", "\u738b\u5c0f\u660e"), Map.of("t", "abcdef")))
                        .toString()
                        .lines())
                .containsExactly("t", "\u738b\u5c0f\u660e", "abcdef");
        TextTable wide = new TextTable(List.of("t", "n"), List.of(List.of("\u738b", "1"), List.of("a", "2")));
        assertThat(wide.toString().lines()).containsExactly("t   n", "\u738b  1", "a   2");
    }

    @Test
    void leavesOutColumnsBehindTheFirstAndCutsLongTexts() {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("row", "1");
        for (int i = 0; i < 20; i++) {
            row.put("column" + i, "x".repeat(60));
        }
        row.put("prediction", "yes");
        List<String> lines = TextTable.of(List.of(row)).toString().lines().toList();
        assertThat(lines.get(0)).startsWith("row  \u2026  ").endsWith("column19" + " ".repeat(34) + "prediction");
        assertThat(lines.get(1)).contains("x".repeat(39) + "\u2026").endsWith("  yes");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(118));
    }

    @Test
    void fillsWhatARowDoesNotHave() {
        assertThat(TextTable.of(List.of(Map.of("a", "1"), Map.of("b", "line\nbreak")))
                        .toString()
                        .lines())
                .containsExactly("a  b", "1", "   line break");
    }
}
