package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten times the values 0 to 100, the quartiles of which are 25 and 75, with some of them changed. */
class OutliersTest {
    private static final int ROWS = 1010;

    @TempDir
    Path folder;

    @Test
    void reportsFewValuesFarAway() throws IOException {
        assertThat(findings(i -> i == 700 ? 99_999 : i == 701 ? -5000 : i % 101))
                .containsExactly(
                        "'x' holds 2 values far from the others, such as 99999; half of its values lie between 25"
                                + " and 75. They are kept");
    }

    /** The fence is at 75 + 10 * 50 = 575. */
    @Test
    void startsTenQuartileDistancesAway() throws IOException {
        assertThat(findings(i -> i == 700 ? 576 : i % 101)).hasSize(1);
        assertThat(findings(i -> i == 700 ? 574 : i % 101)).isEmpty();
    }

    @Test
    void isSilentWhereFarValuesAreUsual() throws IOException {
        assertThat(findings(i -> i % 20 == 0 ? 99_999 : i % 101)).isEmpty(); // one in twenty
    }

    /** As the capital gains of a census: most have none, so that the quartiles are equal. */
    @Test
    void isSilentWhereMostValuesAreEqual() throws IOException {
        assertThat(findings(i -> i % 100 == 0 ? 99_999 : 0)).isEmpty();
        assertThat(findings(i -> 7)).isEmpty();
    }

    @Test
    void keepsTheValues() throws IOException {
        Path file = write(i -> i == 700 ? 99_999 : i % 101);
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.read(reader.profile().schema(Map.of()))
                            .numbers("x")
                            .values()[700])
                    .isEqualTo(99_999);
        }
        assertThat(Finding.Kind.OUTLIERS.leavesOut()).isFalse();
    }

    private List<String> findings(IntToDoubleFunction value) throws IOException {
        try (TableReader reader = Source.of(write(value).toString()).open()) {
            Profile profile = reader.profile();
            return DataReport.values(profile, profile.schema(Map.of())).stream()
                    .map(Finding::message)
                    .toList();
        }
    }

    private Path write(IntToDoubleFunction value) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(value.applyAsDouble(i)).append(",a\n");
        }
        return Files.writeString(folder.resolve("x.csv"), text);
    }
}
