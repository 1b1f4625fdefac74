package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.BusyException;
import org.lungo.data.WriteLock;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.batch.ResumeException;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import org.lungo.train.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/** Everything that a run leaves behind, in one folder; {@code manifest.json} has the hash of each file. */
public final class RunFolder {
    /** Every value of the config that a result depends on. */
    public static final String CONFIG = "config.resolved.yaml";

    /** How good the model is. */
    public static final String METRICS = "metrics.json";

    /** The report on the model, for people who did not train it. */
    public static final String REPORT = "report.html";

    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final Provenance provenance;
    private final long start = System.nanoTime();

    private RunFolder(Path path, Provenance provenance) {
        this.path = path;
        this.provenance = provenance;
    }

    /**
     * Takes a folder for a run: no other process may write it until the lock is closed.
     *
     * @throws IllegalArgumentException when no run can be there, saying what is
     * @throws BusyException when another process trains there
     */
    public static WriteLock lock(Path folder) throws IOException {
        require(folder);
        try {
            return WriteLock.inFolder(
                    folder,
                    "another process is training in " + folder + " (it holds " + folder.resolve(WriteLock.NAME)
                            + "); wait until it has ended, or name another folder with --out");
        } catch (BusyException e) {
            throw e;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Refuses a place where no run can be: a file, or a folder with other things in it. What a run that was cut off leaves
     * first is its lock and its cache.
     */
    private static void require(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    folder + " must be a folder for the run. Received: a file; name another place with --out");
        }
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(CONFIG))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(Cache.NAME) && !name.equals(WriteLock.NAME))
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
     * Begins a run in a folder that is locked, or resumes the one of the same experiment that is there.
     *
     * @throws IllegalArgumentException when the folder holds another experiment, or one on other data
     * @throws ResumeException when it was begun on another libtorch
     */
    public static RunFolder begin(Path folder, Resolved<?> config, Provenance provenance) throws IOException {
        String yaml = ConfigFile.toYaml(config.essence());
        Path file = folder.resolve(CONFIG);
        if (Files.exists(file) && !config.isSaidBy(Files.readString(file))) {
            throw new IllegalArgumentException("the folder " + folder
                    + " holds a run with another config; name another one with --out, or remove it");
        }
        provenance.requireSame(folder.resolve(Manifest.RUN));
        try {
            Files.writeString(file, yaml);
            Files.writeString(folder.resolve(Manifest.RUN), pretty(provenance.toMap()));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        return new RunFolder(folder, provenance);
    }

    /** {@code value} as JSON for people, with the end of a line. */
    public static String pretty(Object value) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    }

    private static IOException unwritable(Path folder, IOException e) {
        String reason = e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
        return new IOException("cannot write to " + folder + ": " + reason + "; name another folder with --out", e);
    }

    public Path path() {
        return path;
    }

    public Provenance provenance() {
        return provenance;
    }

    public Checkpoints checkpoints() {
        return new Checkpoints(path.resolve("checkpoints"));
    }

    Path model() {
        return path.resolve("model");
    }

    /** Writes a model into a folder that is not there yet. */
    public interface ModelWriter {
        void write(Path folder) throws IOException;
    }

    /** Puts the model into the run, whole or not at all, in the place of one that it may hold. */
    public void save(ModelWriter writer) throws IOException {
        Path temporary = path.resolve(".model.writing");
        Cache.remove(temporary);
        writer.write(temporary);
        Cache.remove(model());
        Files.move(temporary, model(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The values of each epoch by name, for the curves of a report. */
    public static List<Map<String, Double>> curves(TrainingState state) {
        List<Map<String, Double>> history = new ArrayList<>();
        for (EpochReport epoch : state.history()) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("epoch", (double) epoch.epoch());
            values.put("loss", epoch.loss());
            values.put(EpochReport.VAL_LOSS, epoch.valLoss());
            values.putAll(epoch.metrics());
            history.add(values);
        }
        return history;
    }

    /** Writes the report. */
    void write(HtmlReport report) throws IOException {
        report.write(path.resolve(REPORT));
    }

    /**
     * Writes what a run ends with; the model, and what else the manifest is to list, must be there already.
     *
     * @param figures what {@code run.json} holds besides where the run comes from and how long it trained; what could not be
     *     measured, NaN, is left out
     */
    public void end(Measurement measured, TrainingState state, Map<String, ?> figures) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (EpochReport report : state.history()) {
            lines.append(JSON.writeValueAsString(report)).append('\n');
        }
        Files.writeString(path.resolve("metrics.jsonl"), lines);
        Files.writeString(path.resolve(METRICS), measured.toJson() + "\n");
        Map<String, @Nullable Object> run = provenance.toMap();
        run.put("epochs", state.epoch());
        run.put("best_epoch", state.bestEpoch());
        run.put("steps", state.step());
        run.put("seconds", (System.nanoTime() - start) / 1e9);
        figures.forEach((name, value) -> {
            if (!(value instanceof Double number && number.isNaN())) {
                run.put(name, value);
            }
        });
        Files.writeString(path.resolve(Manifest.RUN), pretty(run));
        Set<String> unlisted = new HashSet<>(Manifest.DIFFERING);
        unlisted.add(WriteLock.NAME);
        Manifest.write(path, unlisted);
    }
}
