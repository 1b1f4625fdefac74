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
import org.lungo.deploy.batch.ResumeException;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Processor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run was made from and on, for {@code run.json}.
 *
 * @param command the command line in words, without passwords; null for a run that Java code started
 * @param data the SHA-256 of the data, of several files one after the other
 * @param test the same of the data that is only tested or validated on; null when a part is held out
 * @param commit of the repository around the working folder; null when there is none
 */
public record Provenance(
        @Nullable List<String> command,
        long seed,
        String data,
        @Nullable String test,
        @Nullable String commit) {

    /** The provenance of a run that starts now, in the working folder, on data with these hashes. */
    public static Provenance of(@Nullable List<String> command, long seed, String data, @Nullable String test) {
        return new Provenance(
                command == null
                        ? null
                        : command.stream().map(Source::withoutSecrets).toList(),
                seed,
                data,
                test,
                GitCommit.of(Path.of("")));
    }

    /**
     * Refuses to continue a run that began on other data, or with another libtorch, whose steps would be others.
     *
     * @param begun the {@code run.json} of the run, which need not exist
     * @throws IllegalArgumentException when the data is not what it was
     * @throws ResumeException when libtorch is not what it was
     */
    void requireSame(Path begun) throws IOException {
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
        String engine =
                before.path("engine").path("libtorch").asString(Engine.info().libtorch());
        if (!engine.equals(Engine.info().libtorch())) {
            throw new ResumeException("the run in " + begun.getParent() + " began with libtorch " + engine
                    + ", this is libtorch " + Engine.info().libtorch()
                    + ", whose steps differ; train in another folder with --out, or with the version that began it");
        }
    }

    /** All of it by name. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("command", command);
        run.put("lungo", Version.current());
        run.put("git_commit", commit);
        run.put("seed", seed);
        run.put("data_sha256", data);
        run.put("test_sha256", test);
        run.put("java", System.getProperty("java.version"));
        run.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        run.put("cpu", Processor.name());
        run.put("engine", Engine.info());
        run.put("threads", Engine.threads());
        return run;
    }
}
