package org.lungo.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.train.EpochReport;
import tools.jackson.core.type.TypeReference;

/** Events for a program, one JSON object a line, the last of them the result. */
final class JsonProgress implements Progress {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final int epochs;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private long epochStart = start;
    private long epochRows;

    JsonProgress(int epochs, PrintStream out) {
        this.epochs = epochs;
        this.out = out;
    }

    @Override
    public void phaseStarted(String phase) {
        event(Map.of("event", "phase", "phase", phase));
    }

    @Override
    public void resumed(int epoch) {
        event(Map.of("event", "resumed", "epoch", epoch));
    }

    @Override
    public void epochStarted(int epoch, int batches, long rows) {
        epochStart = System.nanoTime();
        epochRows = rows;
    }

    @Override
    public void warned(String warning) {
        event(Map.of("event", "warning", "warning", warning));
    }

    @Override
    public void epochEnded(EpochReport report) {
        StringBuilder metrics = new StringBuilder();
        report.metrics().forEach((name, value) -> metrics.append(",\"" + name + "\":" + value));
        out.println(String.format(
                Locale.ROOT,
                "{\"event\":\"epoch\",\"epoch\":%d,\"epochs\":%d,\"step\":%d,\"loss\":%s,\"val_loss\":%s%s,\"lr\":%s,"
                        + "\"samples_per_s\":%.0f,\"elapsed_s\":%.3f,\"best\":%b}",
                report.epoch(),
                epochs,
                report.step(),
                report.loss(),
                report.valLoss(),
                metrics,
                report.learningRate(),
                epochRows / seconds(epochStart),
                seconds(start),
                report.best()));
        out.flush();
    }

    /** The evaluation as the last event, so that standard output holds events alone. */
    void ended(Outcome<?> result) {
        Map<String, Object> event = new LinkedHashMap<>(Map.of("event", "result"));
        event.putAll(ConfigFile.JSON.readValue(result.toJson(), MAP));
        event(event);
    }

    private void event(Map<String, Object> values) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", Objects.requireNonNull(values.get("event")));
        event.putAll(values);
        event.put("elapsed_s", Math.round(seconds(start) * 1e3) / 1e3);
        out.println(ConfigFile.JSON.writeValueAsString(event));
        out.flush();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
