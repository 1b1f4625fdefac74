package org.lungo.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lungo.data.Storage;

/**
 * A folder for rows that do not fit in memory, made when it is first needed and gone when the run ends.
 *
 * @param folder in the run folder, so that it lies on a disk that the user chose
 */
public record Cache(Path folder) implements AutoCloseable {
    /** Its name in the run folder. */
    static final String NAME = "cache";

    /** The cache of a run; what a run that was cut off left there is removed. */
    public static Cache of(Path run) {
        Cache cache = new Cache(run.resolve(NAME));
        cache.close();
        return cache;
    }

    /** A file that is not there yet. */
    public Path file(String name) {
        try {
            Files.createDirectories(folder);
            return folder.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Where encoded rows are kept: streamed ones in files here. */
    public Storage storage(boolean streamed) {
        return streamed ? Storage.files(folder) : Storage.MEMORY;
    }

    /** Removes the folder, and the run's when nothing else is in it. Nothing may use the files any more. */
    @Override
    public void close() {
        try {
            remove(folder);
            Path run = folder.getParent();
            if (run != null && Files.isDirectory(run) && list(run).isEmpty()) {
                Files.delete(run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Removes a file, or a folder with all that is in it; nothing where there is none. */
    static void remove(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path inside : list(path)) {
                remove(inside);
            }
        }
        Files.deleteIfExists(path);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
