package org.lungo.deploy.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.BusyException;
import org.lungo.data.WriteLock;

/**
 * The folder next to the output that a job is continued from: {@code job.json} (which job), {@code progress.jsonl} (a line
 * for every part that is safe), the answers and errors up to now, and a lock that one process holds.
 */
public final class BatchFolder implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile(
            "(job\\.json|progress\\.jsonl|answers|errors|joined\\.parquet|part-\\d+\\.parquet)(\\.writing)?"
                    + "|tmp_.*\\.parquet|\\.part-.*\\.writing|tmp_.*\\.writing");

    private final Path folder;
    private final WriteLock lock;
    private @Nullable AppendedFile progress;

    private BatchFolder(Path folder, WriteLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens or makes the folder.
     *
     * @throws IOException when it cannot be written to
     * @throws BusyException when another process writes the same output
     */
    public static BatchFolder open(BatchOutput output) throws IOException {
        Path folder = output.parts();
        try {
            return new BatchFolder(
                    folder,
                    WriteLock.inFolder(
                            folder,
                            "another process is writing " + output.file() + " (it holds "
                                    + folder.resolve(WriteLock.NAME)
                                    + "); wait until it has ended, or name another output with --out"));
        } catch (BusyException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to " + folder + ": "
                            + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
                            + "; name another output with --out",
                    e);
        }
    }

    /**
     * What was done of {@code job}, or null when it is new.
     *
     * @throws ResumeException when the folder holds another job
     */
    @Nullable
    public Done journal(JobIdentity job) throws IOException {
        Path file = folder.resolve("job.json");
        Path lines = folder.resolve("progress.jsonl");
        String text = Files.exists(lines) ? Files.readString(lines) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1); // the last line may have been cut off
        List<String> all = whole.lines().toList();
        JobIdentity found = Files.exists(file) ? JobIdentity.parse(Files.readString(file), file.toString()) : null;
        if (found == null || all.isEmpty() && !found.equals(job)) {
            clear();
            Durable.write(file, job.toJson());
            progress = AppendedFile.open(lines, 0);
            return null;
        }
        if (!found.equals(job)) {
            throw new ResumeException(folder + " holds what an interrupted job has done, and this is another job."
                    + " Different: " + found.differences(job)
                    + "; repeat that job unchanged, or discard its work with --restart");
        }
        progress = AppendedFile.open(lines, whole.getBytes(StandardCharsets.UTF_8).length);
        return all.isEmpty() ? Done.NOTHING : Done.parse(all.get(all.size() - 1), lines.toString());
    }

    /** Adds a line to the journal; it is on the disk when this returns. */
    public void append(String line) throws IOException {
        if (progress == null) {
            throw new IllegalStateException("the journal was not read");
        }
        progress.stream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        progress.force();
    }

    /**
     * Removes everything but the lock.
     *
     * @throws IOException when there is something that no job has made
     */
    public void clear() throws IOException {
        closeProgress();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (OURS.matcher(name).matches()) {
                    Files.delete(entry);
                } else if (!name.equals(WriteLock.NAME)) {
                    throw new IOException("the folder " + folder + " is needed while the job runs, and holds " + name
                            + ", which is not the job's; move it away, or name another output");
                }
            }
        }
    }

    /** Removes the folder: it is not needed any more. */
    public void remove() throws IOException {
        clear();
        close();
    }

    private void closeProgress() throws IOException {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeProgress();
        lock.close();
    }
}
