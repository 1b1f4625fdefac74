package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.train.EpochReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgressTest {
    @Test
    void writesOneLinePerEpochWhereLinesAreNotRedrawn() {
        assertThat(shown(Progress.Style.PLAIN))
                .matches(
                        "Reading rows.csv\\REpoch 1/3 - 2/2 \\d+s \\d+[mu]s/step - loss: 0.5000 - val_loss: 0.4000 - val_accuracy: 0.7500\\R");
    }

    @Test
    void redrawsABarOnATerminal() {
        assertThat(shown(Progress.Style.BAR))
                .contains("Epoch 1/3")
                .contains("\r 2/2 " + "━".repeat(20) + " ")
                .contains("/step - loss: 0.5000 - val_loss: 0.4000 - val_accuracy: 0.7500");
    }

    @Test
    void writesJsonLines() {
        String[] lines = shown(Progress.Style.JSON).split("\\R");
        JsonNode epoch = new JsonMapper().readTree(lines[1]);
        assertThat(new JsonMapper().readTree(lines[0]).get("phase").asString()).isEqualTo("reading rows.csv");
        assertThat(epoch.get("event").asString()).isEqualTo("epoch");
        assertThat(epoch.get("val_loss").asDouble()).isEqualTo(0.4);
        assertThat(epoch.get("val_accuracy").asDouble()).isEqualTo(0.75);
        assertThat(epoch.get("samples_per_s").asDouble()).isPositive();
        assertThat(epoch.get("best").asBoolean()).isTrue();
    }

    @Test
    void writesJsonWhateverAFileIsCalled() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(Progress.Style.JSON, 3, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.phaseStarted("reading C:\\rows \"a\".csv");
        assertThat(new JsonMapper()
                        .readTree(bytes.toString(StandardCharsets.UTF_8))
                        .get("phase")
                        .asString())
                .isEqualTo("reading C:\\rows \"a\".csv");
    }

    @Test
    void canBeSilent() {
        assertThat(shown(Progress.Style.NONE)).isEmpty();
    }

    private static String shown(Progress.Style style) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(style, 3, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.phaseStarted("reading rows.csv");
        progress.epochStarted(1, 2, 64);
        progress.stepEnded(1, 0, 2, 0.6);
        progress.stepEnded(1, 1, 2, 0.5);
        progress.epochEnded(new EpochReport(1, 2, 0.5, 0.4, 0.01, true, Map.of("val_accuracy", 0.75)));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
