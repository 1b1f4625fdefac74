package org.lungo.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import tools.jackson.core.type.TypeReference;

/** Shows how training goes, in the grammar of Keras. */
final class Progress implements Listener {
    private static final int WIDTH = 20;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 30_000_000_000L;

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Style style;
    private final int epochs;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private long epochStart = start;
    private long epochRows;
    private int epochSteps;
    private long shown = start;

    /** The ways to show it. */
    enum Style {
        BAR,
        PLAIN,
        JSON,
        NONE;

        static Style chosen(@Nullable Style wanted) {
            if (wanted != null) {
                return wanted;
            }
            boolean plain = System.console() == null
                    || System.getenv("CI") != null
                    || System.getenv("NO_COLOR") != null
                    || "dumb".equals(System.getenv("TERM"));
            return plain ? PLAIN : BAR;
        }
    }

    Progress(Style style, int epochs, PrintStream out) {
        this.style = style;
        this.epochs = epochs;
        this.out = out;
    }

    @Override
    public void phaseStarted(String phase) {
        if (style == Style.JSON) {
            event(Map.of("event", "phase", "phase", phase));
        } else if (style != Style.NONE) {
            out.println(Character.toUpperCase(phase.charAt(0)) + phase.substring(1));
        }
        out.flush();
    }

    @Override
    public void resumed(int epoch) {
        if (style == Style.JSON) {
            event(Map.of("event", "resumed", "epoch", epoch));
        } else if (style != Style.NONE) {
            out.println("Resumed after epoch " + epoch);
        }
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
    }

    @Override
    public void epochStarted(int epoch, int batches, long rows) {
        epochStart = System.nanoTime();
        epochRows = rows;
        epochSteps = batches;
        if (style == Style.BAR) {
            out.printf(Locale.ROOT, "Epoch %d/%d%n", epoch, epochs);
        }
    }

    @Override
    public void stepEnded(int epoch, int batch, int batches, double loss) {
        long since = System.nanoTime() - shown;
        if (style == Style.BAR && since > REDRAW_NANOS) {
            out.print("\r" + line(batch + 1) + String.format(Locale.ROOT, " - loss: %.4f\u001b[K", loss));
            shown();
        } else if (style == Style.PLAIN && since > PLAIN_NANOS) {
            out.printf(Locale.ROOT, "Epoch %d/%d -%s - loss: %.4f%n", epoch, epochs, line(batch + 1), loss);
            shown();
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        StringBuilder losses = new StringBuilder(
                String.format(Locale.ROOT, " - loss: %.4f - val_loss: %.4f", report.loss(), report.valLoss()));
        report.metrics()
                .forEach((name, value) -> losses.append(String.format(Locale.ROOT, " - %s: %.4f", name, value)));
        switch (style) {
            case BAR -> out.println("\r" + line(epochSteps) + losses + "\u001b[K");
            case PLAIN -> out.println("Epoch " + report.epoch() + "/" + epochs + " -" + line(epochSteps) + losses);
            case JSON -> out.println(json(report));
            case NONE -> {}
        }
        shown();
    }

    private void shown() {
        out.flush();
        shown = System.nanoTime();
    }

    /** How far the epoch is: {@code 422/1688 ━━━━━ 5s 4ms/step}; without the bar where lines are not redrawn. */
    private String line(int step) {
        double elapsed = seconds(epochStart);
        int filled = WIDTH * step / Math.max(1, epochSteps);
        String bar = style == Style.BAR ? " " + "━".repeat(filled) + " ".repeat(WIDTH - filled) : "";
        return String.format(
                Locale.ROOT, " %d/%d%s %.0fs %s/step", step, epochSteps, bar, elapsed, duration(elapsed / step));
    }

    private static String duration(double seconds) {
        return seconds >= 1e-3
                ? String.format(Locale.ROOT, "%.0fms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.0fus", seconds * 1e6);
    }

    private String json(EpochReport report) {
        StringBuilder metrics = new StringBuilder();
        report.metrics().forEach((name, value) -> metrics.append(",\"" + name + "\":" + value));
        return String.format(
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
                report.best());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
