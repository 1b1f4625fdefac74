package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Finding;
import org.lungo.data.NumberColumn;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableWriter;
import org.lungo.deploy.Golden;
import org.lungo.deploy.Inspection;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.Scorer;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.PermutationImportance.Importance;
import org.lungo.evaluate.Predictions;
import org.lungo.evaluate.Report;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.tensor.Engine;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import tools.jackson.databind.json.JsonMapper;

/** Everything that a run leaves behind, in one folder; {@code manifest.json} has the hash of each file. */
final class RunFolder {
    /** Every value of the config. */
    static final String CONFIG = "config.resolved.yaml";

    /** How good the model is. */
    static final String METRICS = "metrics.json";

    /** The answer that needs no model, so that other rows can be compared with it without the training rows. */
    static final String BASELINE = "baseline.json";

    private static final int GOLDEN_ROWS = 8;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final ExperimentConfig config;
    private final Provenance provenance;
    private final long start = System.nanoTime();

    private RunFolder(Path folder, ExperimentConfig config, Provenance provenance) {
        this.folder = folder;
        this.config = config;
        this.provenance = provenance;
    }

    /**
     * Refuses a place where no run can be: a file, or a folder with other things in it. What a run that was cut off leaves
     * first is its cache.
     *
     * @throws IllegalArgumentException saying what is there
     */
    static void require(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    folder + " must be a folder for the run. Received: a file; name another place with --out");
        }
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(CONFIG))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(Cache.NAME))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new IllegalArgumentException(
                        folder + " must be an empty folder or a run. Received: a folder with " + others.get(0)
                                + "; name another place with --out");
            }
        }
    }

    /**
     * Makes the folder, or opens one of the same experiment to resume it.
     *
     * @param command the command line that started the run, or null
     * @throws IllegalArgumentException when the folder holds another experiment, or one on other data
     */
    static RunFolder open(Path folder, Resolved<ExperimentConfig> config, @Nullable List<String> command)
            throws IOException {
        Provenance provenance = Provenance.of(config.value(), command, Path.of(""));
        begin(folder, config, provenance);
        return new RunFolder(folder, config.value(), provenance);
    }

    /** Writes what a run begins with, or compares it with what is there. */
    static void begin(Path folder, Resolved<?> config, Provenance provenance) throws IOException {
        String yaml = ConfigFile.toYaml(config.tree());
        Path file = folder.resolve(CONFIG);
        if (Files.exists(file) && !Files.readString(file).equals(yaml)) {
            throw new IllegalArgumentException("the folder " + folder
                    + " holds a run with another config; name another one with --out, or remove it");
        }
        provenance.requireSameData(folder.resolve(Inspection.RUN));
        try {
            Files.createDirectories(folder);
            Files.writeString(file, yaml);
            Files.writeString(folder.resolve(Inspection.RUN), pretty(provenance.begun()));
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to " + folder + ": " + reason(e) + "; name another folder with --out", e);
        }
    }

    static String pretty(Object value) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }

    Checkpoints checkpoints() {
        return new Checkpoints(folder.resolve("checkpoints"));
    }

    void write(
            Fitting fitting,
            Predictions predictions,
            EvaluationResult metrics,
            List<Importance> importance,
            List<Finding> findings)
            throws IOException {
        fitting.bundle().save(folder.resolve("model"), golden(fitting), config.serve());
        StringBuilder lines = new StringBuilder();
        for (EpochReport report : fitting.state().history()) {
            lines.append(JSON.writeValueAsString(report)).append('\n');
        }
        Files.writeString(folder.resolve("metrics.jsonl"), lines);
        Files.writeString(folder.resolve(METRICS), metrics.toJson() + "\n");
        Files.writeString(folder.resolve(BASELINE), JSON.writeValueAsString(fitting.baseline()) + "\n");
        Files.writeString(folder.resolve("findings.json"), JSON.writeValueAsString(findings) + "\n");
        Files.writeString(folder.resolve("importance.json"), JSON.writeValueAsString(importance) + "\n");
        report(fitting, metrics, importance, findings).write(folder.resolve("report.html"));
        try (TableWriter writer = TableWriter.to(folder.resolve("predictions.parquet"))) {
            writer.write(
                    PredictionTable.of(predictions, fitting.bundle().target().labels()));
            writer.finish();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.writeString(folder.resolve(Inspection.RUN), pretty(provenance.with(fitting.state(), seconds)));
        Manifest.write(folder, Set.of(Inspection.RUN));
    }

    private Report report(
            Fitting fitting, EvaluationResult metrics, List<Importance> importance, List<Finding> findings) {
        List<Map<String, Double>> history = new ArrayList<>();
        for (EpochReport epoch : fitting.state().history()) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("epoch", (double) epoch.epoch());
            values.put("loss", epoch.loss());
            values.put(EpochReport.VAL_LOSS, epoch.valLoss());
            values.putAll(epoch.metrics());
            history.add(values);
        }
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", Source.withoutSecrets(config.data().path()) + " (SHA-256 " + provenance.data() + ")");
        origin.put("target", config.target().title());
        origin.put("seed", Long.toString(config.seed()));
        origin.put("best epoch", Integer.toString(fitting.state().bestEpoch()));
        origin.put("libtorch", Engine.info().libtorch());
        return new Report(
                config.target().title() + " from " + title(config.data().path()),
                metrics.evaluation(),
                history,
                importance,
                findings.stream().map(Finding::message).toList(),
                origin,
                metrics.folds());
    }

    private static String title(String data) {
        return data.startsWith("jdbc:")
                ? "a database"
                : Path.of(data).getFileName().toString();
    }

    /** The first rows of the training part, and one whose values are all missing. */
    static Golden golden(Fitting fitting) {
        Table train = fitting.sample();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<String> names = fitting.bundle().table().features().names();
        for (int row = 0; row < Math.min(GOLDEN_ROWS, train.rows()); row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String name : names) {
                values.put(name, value(train.column(name), row));
            }
            rows.add(values);
        }
        rows.add(new LinkedHashMap<>());
        var parser = new org.lungo.data.RowParser(
                fitting.bundle().table().features(), fitting.bundle().missing());
        return new Golden(rows, Arrays.asList(new Scorer(fitting.bundle()).scores(parser.parse(rows))));
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.missing(row)) {
            return null;
        }
        return column instanceof NumberColumn numbers ? (Object) numbers.values()[row] : column.text(row);
    }
}
