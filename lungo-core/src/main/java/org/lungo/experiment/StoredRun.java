package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.BusyException;
import org.lungo.data.WriteLock;
import org.lungo.deploy.Manifest;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.config.ConfigFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run in its folder: what a list of runs shows of it, and what may be deleted.
 *
 * @param family such as {@code tables}
 * @param metrics by name, the headline first; none before the run is finished
 * @param baseline the metrics of an answer without a model, by name
 * @param changed when a file of the run was last written
 * @param bytes of all its files
 */
public record StoredRun(
        Path folder,
        State state,
        String family,
        Map<String, Double> metrics,
        Map<String, Double> baseline,
        Instant changed,
        long bytes) {
    private static final String CHECKPOINTS = "checkpoints";

    /** How far a run is. */
    public enum State {
        /** A model was saved and tested. */
        FINISHED,
        /** A process is training it. */
        TRAINING,
        /** Training was interrupted; the same command resumes it. */
        UNFINISHED
    }

    /** Whether {@code folder} is that of a run. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RunFolder.CONFIG));
    }

    /** The runs in {@code folder}, by name; none where there is no such folder. */
    public static List<StoredRun> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> runs;
        try (Stream<Path> files = Files.list(folder)) {
            runs = files.filter(StoredRun::isRun)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
        List<StoredRun> summaries = new ArrayList<>();
        for (Path run : runs) {
            summaries.add(of(run));
        }
        return summaries;
    }

    /**
     * The run in a folder.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static StoredRun of(Path folder) throws IOException {
        if (!isRun(folder)) {
            throw new IllegalArgumentException(folder + " must be the folder of a run, with " + RunFolder.CONFIG
                    + "; lungo runs lists those in runs");
        }
        JsonNode stored = json(folder.resolve(RunFolder.METRICS));
        boolean finished = Files.isRegularFile(folder.resolve(Manifest.NAME)) && stored.isObject();
        State state = finished ? State.FINISHED : isTraining(folder) ? State.TRAINING : State.UNFINISHED;
        Map<String, Double> metrics = new LinkedHashMap<>();
        stored.path("metrics").forEachEntry((name, value) -> metrics.put(name, value.asDouble(Double.NaN)));
        long bytes = 0;
        long changed = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
            changed = Math.max(changed, Files.getLastModifiedTime(file).toMillis());
        }
        String config = Files.readString(folder.resolve(RunFolder.CONFIG));
        String family = ConfigFile.text(folder.toString(), config, "family");
        Map<String, Double> baseline = Yardstick.stored(stored).baseline();
        return new StoredRun(
                folder,
                state,
                family == null ? "tables" : family,
                metrics,
                baseline,
                Instant.ofEpochMilli(changed),
                bytes);
    }

    /** The values of its config, by key. */
    public Map<String, String> config() throws IOException {
        Path file = folder.resolve(RunFolder.CONFIG);
        return ConfigFile.values(file.toString(), Files.readString(file));
    }

    /** The first of the metrics; null before the run is finished. */
    @Nullable
    public String headline() {
        return metrics.isEmpty() ? null : metrics.keySet().iterator().next();
    }

    /** Bytes of the checkpoints of a finished run, which only more epochs would need; 0 of another. */
    public long spare() throws IOException {
        Path checkpoints = folder.resolve(CHECKPOINTS);
        if (state != State.FINISHED || !Files.isDirectory(checkpoints)) {
            return 0;
        }
        long bytes = 0;
        for (Path file : files(checkpoints)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /**
     * Deletes the run and everything in its folder.
     *
     * @throws BusyException when a process is training it
     */
    public void remove() throws IOException {
        try (WriteLock lock = lock(folder)) {
            Files.delete(folder.resolve(RunFolder.CONFIG)); // from here on it is no run, if this is cut off
            delete(folder, folder.resolve(WriteLock.NAME));
        }
        Files.deleteIfExists(folder);
    }

    /**
     * Deletes the checkpoints of a finished run. Its model and its evaluation stay, and verify as before.
     *
     * @throws BusyException when a process is training it
     */
    public void prune() throws IOException {
        if (spare() == 0) {
            return;
        }
        try (WriteLock lock = lock(folder)) {
            Manifest.forget(folder, CHECKPOINTS);
            delete(folder.resolve(CHECKPOINTS), null);
        }
    }

    private static boolean isTraining(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(WriteLock.NAME))) {
            return false;
        }
        try (WriteLock lock = lock(folder)) {
            return false;
        } catch (BusyException e) {
            return true;
        }
    }

    private static WriteLock lock(Path folder) throws IOException {
        return WriteLock.inFolder(folder, "another process is training in " + folder + "; wait until it has ended");
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JsonMapper.shared().readTree(Files.isRegularFile(file) ? Files.readString(file) : "null");
        } catch (JacksonException e) {
            return JsonMapper.shared().nullNode(); // whoever evaluates the run says what is wrong with it
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Deletes a folder and what is in it, but {@code kept} and the folders that it is in; links are not followed. */
    private static void delete(Path folder, @Nullable Path kept) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            if (kept == null || !file.equals(kept) && !kept.startsWith(file)) {
                Files.delete(file);
            }
        }
    }
}
