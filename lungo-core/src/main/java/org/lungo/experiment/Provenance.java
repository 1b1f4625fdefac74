package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Source;
import org.lungo.deploy.Version;
import org.lungo.tensor.Engine;
import org.lungo.train.TrainingState;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run was made from and on, for {@code run.json}.
 *
 * @param command the command line in words, without passwords; null for a run that Java code started
 * @param data the SHA-256 of the data
 * @param test the SHA-256 of the test file; null when a part is held out
 * @param commit of the repository around the working folder; null when there is none
 */
record Provenance(
        @Nullable List<String> command,
        long seed,
        String data,
        @Nullable String test,
        @Nullable String commit) {
    private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

    /** The provenance of a run that starts now, in {@code workingFolder}. */
    static Provenance of(ExperimentConfig config, @Nullable List<String> command, Path workingFolder) {
        String test = config.data().test();
        return of(
                command,
                config.seed(),
                config.data().source(),
                test == null ? null : new Source(test, config.data().read()),
                workingFolder);
    }

    /** The same of a run on texts and their translations: the hashes of all files, in the order of the config's keys. */
    static Provenance of(TranslationConfig config, @Nullable List<String> command, Path workingFolder) {
        TranslationConfig.Data data = config.data();
        Source texts = Source.of(data.path());
        Provenance first = of(command, config.seed(), texts, null, workingFolder);
        String hashes = data.from() != null
                ? first.data()
                : first.data() + " " + Source.of(data.to()).fingerprint();
        String validation = java.util.stream.Stream.of(
                        data.heldOut().validationPath(), data.heldOut().validationTo())
                .filter(java.util.Objects::nonNull)
                .map(file -> Source.of(file).fingerprint())
                .collect(java.util.stream.Collectors.joining(" "));
        return new Provenance(
                first.command(), config.seed(), hashes, validation.isEmpty() ? null : validation, first.commit());
    }

    /** The same of a run on {@code data}. */
    static Provenance of(
            @Nullable List<String> command, long seed, Source data, @Nullable Source test, Path workingFolder) {
        return new Provenance(
                command == null
                        ? null
                        : command.stream().map(Source::withoutSecrets).toList(),
                seed,
                data.fingerprint(),
                test == null ? null : test.fingerprint(),
                GitCommit.of(workingFolder));
    }

    /** The same of a run on data with this SHA-256 and without a test file. */
    static Provenance of(@Nullable List<String> command, long seed, String fingerprint, Path workingFolder) {
        return new Provenance(
                command == null
                        ? null
                        : command.stream().map(Source::withoutSecrets).toList(),
                seed,
                fingerprint,
                null,
                GitCommit.of(workingFolder));
    }

    /**
     * Refuses to go on with a run that began on other data.
     *
     * @param begun the {@code run.json} of the run, which need not exist
     * @throws IllegalArgumentException when the data is not what it was
     */
    void requireSameData(Path begun) throws IOException {
        if (!Files.isRegularFile(begun)) {
            return;
        }
        JsonNode before;
        try {
            before = JsonMapper.shared().readTree(Files.readString(begun));
        } catch (JacksonException e) {
            return; // cut off while it was written
        }
        if (!data.equals(before.path("data_sha256").asString(""))
                || !String.valueOf(test).equals(before.path("test_sha256").asString("null"))) {
            throw new IllegalArgumentException("the data of the run in " + begun.getParent()
                    + " was changed since it began; train on it in another folder with --out, or restore it");
        }
    }

    /** All of it by name. */
    Map<String, @Nullable Object> begun() {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("command", command);
        run.put("lungo", Version.current());
        run.put("git_commit", commit);
        run.put("seed", seed);
        run.put("data_sha256", data);
        run.put("test_sha256", test);
        run.put("java", System.getProperty("java.version"));
        run.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        run.put("cpu", cpu());
        run.put("engine", Engine.info());
        run.put("threads", Engine.threads());
        return run;
    }

    /** All of it by name, with how far training came. */
    Map<String, @Nullable Object> with(TrainingState state, double seconds) {
        Map<String, @Nullable Object> run = begun();
        run.put("epochs", state.epoch());
        run.put("best_epoch", state.bestEpoch());
        run.put("steps", state.step());
        run.put("seconds", seconds);
        return run;
    }

    /** The processor's name, as far as the system tells it without another program. */
    private static String cpu() {
        if (Files.isReadable(LINUX_CPU)) {
            try {
                for (String line : Files.readAllLines(LINUX_CPU)) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).strip();
                    }
                }
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows != null ? windows : System.getProperty("os.arch");
    }
}
