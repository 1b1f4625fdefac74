package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.lungo.train.EpochReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long millis;
    private final LongSupplier clock = () -> millis * 1_000_000;

    @Test
    void writesAtMostOneLineOfAnEpochEachSecondToALog() {
        Progress progress = new PlainProgress(5, out, clock);
        progress.phaseStarted("training, to runs/a");
        millis = 1000;
        epoch(progress, 1, 200, true);
        epoch(progress, 2, 200, false);
        epoch(progress, 3, 900, false);
        progress.phaseStarted("testing");
        assertThat(text().lines())
                .containsExactly(
                        "Training, to runs/a",
                        "Epoch 1/5, 2 steps of 100 ms: loss 0.5000, val_loss 0.4000, val_accuracy 0.7500",
                        "Epoch 3/5, 2 steps of 450 ms: loss 0.5000, val_loss 0.4000, val_accuracy 0.7500",
                        "Trained 3 epochs in 2.3 s; epoch 1 was the best: loss 0.5000, val_loss 0.4000, val_accuracy"
                                + " 0.7500",
                        "Testing");
    }

    @Test
    void saysInALogHowFarALongEpochIs() {
        Progress progress = new PlainProgress(2, out, clock);
        progress.phaseStarted("training, to runs/a");
        progress.epochStarted(1, 10, 640);
        for (int step = 0; step < 4; step++) {
            millis += 10_000;
            progress.stepEnded(1, step, 10, 0.25);
        }
        assertThat(text()).endsWith("Epoch 1/2, step 3/10: loss 0.2500, \u22643 min left" + System.lineSeparator());
    }

    @Test
    void everyStyleSaysAWarningInOneLine() {
        String warning = "MLflow at http://a no longer follows this run: no connection; the run goes on";
        new PlainProgress(2, out, clock).warned(warning);
        Progress.of(Progress.Style.NONE, 2, out).warned(warning);
        new JsonProgress(2, out).warned(warning);
        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).containsOnly("Warning: " + warning);
        JsonNode event = new JsonMapper().readTree(lines.get(2));
        assertThat(event.get("event").asString()).isEqualTo("warning");
        assertThat(event.get("warning").asString()).isEqualTo(warning);
        bytes.reset();
        new LiveProgress(2, out, new Terminal(40, false), clock).warned(warning);
        assertThat(text()).isEqualTo("\rWarning: " + warning + "\u001b[K" + System.lineSeparator());
    }

    @Test
    void redrawsOneLineOnATerminalAndKeepsWhatTrainingCameTo() {
        Progress progress = new LiveProgress(4, out, new Terminal(120, false), clock);
        progress.phaseStarted("training, to runs/a");
        epoch(progress, 1, 2000, true);
        epoch(progress, 2, 2000, false);
        assertThat(text())
                .contains("\rTraining  epoch 2/4  " + "\u2501".repeat(10) + " ".repeat(10)
                        + "  loss 0.5000  best 0.4000 (1)  \u22644.0 s left\u001b[K")
                .doesNotContain(System.lineSeparator());
        progress.phaseStarted("testing");
        progress.close();
        assertThat(text())
                .contains("\rTrained 2 epochs in 4.0 s; epoch 1 was the best: loss 0.5000, val_loss 0.4000,"
                        + " val_accuracy 0.7500\u001b[K" + System.lineSeparator())
                .endsWith("\rTesting\u001b[K\r\u001b[K");
    }

    @Test
    void keepsALineOfEachLongEpochOnATerminal() {
        Progress progress = new LiveProgress(4, out, new Terminal(120, false), clock);
        progress.phaseStarted("training, to runs/a");
        epoch(progress, 1, 20_000, true);
        assertThat(text())
                .endsWith("\rEpoch 1/4, 2 steps of 10 s: loss 0.5000, val_loss 0.4000, val_accuracy 0.7500\u001b[K"
                        + System.lineSeparator());
    }

    @Test
    void neverDrawsALineThatATerminalBreaks() {
        Progress progress = new LiveProgress(200, out, new Terminal(50, true), clock);
        progress.phaseStarted("reading a file with a name that is longer than a line of this terminal.csv");
        progress.phaseStarted("cross-validating, fold 2 of 5");
        epoch(progress, 1, 2000, true);
        progress.phaseStarted("training, to runs/a");
        epoch(progress, 2, 2000, true);
        assertThat(text().split("\r"))
                .allSatisfy(line ->
                        assertThat(line.replaceAll("\u001b\\[[0-9]*[mK]", "")).hasSizeLessThan(50));
        assertThat(text()).contains("\u2026\u001b[K", "\u001b[32m");
    }

    @Test
    void leavesOutColoursWhereTheyAreNotWanted() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1", "COLUMNS", "132"))).isEqualTo(new Terminal(132, false));
        assertThat(Terminal.of(Map.of("NO_COLOR", "", "COLUMNS", "wide"))).isEqualTo(new Terminal(80, true));
    }

    @Test
    void writesJsonLines() {
        Progress progress = Progress.of(Progress.Style.JSON, 3, out);
        progress.phaseStarted("reading C:\\rows \"a\".csv");
        epoch(progress, 1, 10, true);
        String[] lines = text().split("\\R");
        JsonNode epoch = new JsonMapper().readTree(lines[1]);
        assertThat(new JsonMapper().readTree(lines[0]).get("phase").asString()).isEqualTo("reading C:\\rows \"a\".csv");
        assertThat(epoch.get("event").asString()).isEqualTo("epoch");
        assertThat(epoch.get("val_loss").asDouble()).isEqualTo(0.4);
        assertThat(epoch.get("val_accuracy").asDouble()).isEqualTo(0.75);
        assertThat(epoch.get("samples_per_s").asDouble()).isPositive();
        assertThat(epoch.get("best").asBoolean()).isTrue();
    }

    @Test
    void canBeSilent() {
        Progress progress = Progress.of(Progress.Style.NONE, 3, out);
        progress.phaseStarted("reading rows.csv");
        epoch(progress, 1, 10, true);
        progress.close();
        assertThat(text()).isEmpty();
    }

    /** An epoch of two steps that takes {@code duration} milliseconds. */
    private void epoch(Progress progress, int epoch, long duration, boolean best) {
        progress.epochStarted(epoch, 2, 64);
        for (int step = 0; step < 2; step++) {
            millis += duration / 2;
            progress.stepEnded(epoch, step, 2, 0.5);
        }
        progress.epochEnded(new EpochReport(epoch, 2L * epoch, 0.5, 0.4, 0.01, best, Map.of("val_accuracy", 0.75)));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
