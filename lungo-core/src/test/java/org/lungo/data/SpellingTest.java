package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

class SpellingTest {
    @Test
    void givesWholeNumbersOneSpelling() {
        assertThat(List.of("1.0", "-3.000", "0.0", "-0", "-0.0", "12"))
                .map(Spelling::of)
                .isEqualTo(List.of("1", "-3", "0", "0", "0", "12"));
    }

    @Test
    void leavesCodesAndNamesAsTheyAre() {
        for (String name : List.of("007", "00.0", "1.10", "1.", ".0", "v1.0", "1.0.0", "A", "a", "", "True", "1e0")) {
            assertThat(Spelling.of(name)).isEqualTo(name);
        }
    }

    @Test
    void knowsWhichNamesSayTheSame() {
        for (String[] same : new String[][] {
            {"2.50", "2.5", "+2.5", "25e-1"}, {"1", "1.", "1.0", "1e0"}, {"0", "-0.0", ".0"}, {"True", "true", "TRUE"}
        }) {
            assertThat(Arrays.stream(same).map(Spelling::meaning).distinct())
                    .hasSize(1)
                    .doesNotContainNull();
        }
        assertThat(Spelling.meaning("9007199254740993")).isNotEqualTo(Spelling.meaning("9007199254740992"));
        for (String name : List.of("007", "yes", "", "-", ".", "1e", "1e9999", "0x1", "NaN", "1d")) {
            assertThat(Spelling.meaning(name)).as(name).isNull();
        }
    }

    /** JSON and Java give numbers where a CSV file gave texts. */
    @Test
    void isThatOfNumbersInRows() {
        RowParser parser = new RowParser(new Schema(List.of(new Field("zip", Kind.CATEGORY))), List.of(""));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : List.of(1.0, 1f, 1, 1L, "1", 0.5, 0.1f, 1e20, -0.0)) {
            rows.add(Map.of("zip", value));
        }
        assertThat(((TextColumn) parser.parse(rows).column("zip")).values())
                .containsExactly("1", "1", "1", "1", "1", "0.5", "0.1", "1.0E20", "0");
    }

    @Test
    void keepsAGroupTogether() {
        @Nullable String[] groups = new String[60];
        for (int row = 0; row < groups.length; row++) {
            groups[row] = row / 2 + (row % 2 == 0 ? "" : ".0");
        }
        List<int[]> parts =
                Splits.parts(Splits.Type.GROUPED, groups.length, new TextColumn("g", groups), Random.of(1), 0.5, 0.5);
        assertThat(parts.get(0)).isNotEmpty().hasSizeLessThan(60);
        for (int row : parts.get(0)) {
            assertThat(parts.get(0)).contains(row ^ 1);
        }
    }
}
