package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lungo.deploy.batch.Counts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchProgressTest {
    @Test
    void writesALineEveryHalfMinuteWhereLinesAreNotRedrawn() {
        assertThat(shown(Progress.Style.PLAIN).split("\\R"))
                .containsExactly(
                        "4,000 rows 30s 100 rows/s - bad: 2 - unknown: 7",
                        "7,000 rows 60s 100 rows/s - bad: 2 - unknown: 7");
    }

    @Test
    void redrawsOneLineOnATerminalAndRemovesIt() {
        assertThat(shown(Progress.Style.BAR))
                .startsWith("\r1,500 rows 5s 100 rows/s")
                .contains("\r8,000 rows 70s 100 rows/s - bad: 2 - unknown: 7\u001b[K")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    @Test
    void writesJsonLines() {
        JsonNode line = new JsonMapper().readTree(shown(Progress.Style.JSON).split("\\R")[1]);
        assertThat(line.get("event").asString()).isEqualTo("rows");
        assertThat(line.get("rows").asLong()).isEqualTo(7000);
        assertThat(line.get("bad_rows").asLong()).isEqualTo(2);
        assertThat(line.get("unknown").asLong()).isEqualTo(7);
        assertThat(line.get("rows_per_s").asDouble()).isEqualTo(100);
        assertThat(line.get("elapsed_s").asDouble()).isEqualTo(60);
    }

    @Test
    void countsByTheWordOfTheFamily() {
        assertThat(shown(Progress.Style.PLAIN, "lines"))
                .contains("lines/s", " lines ")
                .doesNotContain("rows", "bad", "unknown");
    }

    @Test
    void canBeSilent() {
        assertThat(shown(Progress.Style.NONE)).isEmpty();
    }

    /** 100 rows a second for 70 seconds, after 1,000 that were done before. */
    private static String shown(Progress.Style style) {
        return shown(style, "rows");
    }

    private static String shown(Progress.Style style, String unit) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long[] seconds = new long[1];
        BatchProgress progress = new BatchProgress(
                style, unit, new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> seconds[0] * 1_000_000_000);
        progress.started(new Counts(1000, 0, 0));
        for (int i = 0; i < 14; i++) {
            seconds[0] += 5;
            progress.progressed(new Counts(1000 + seconds[0] * 100, 2, 7));
        }
        progress.clear();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
