package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import tools.jackson.databind.json.JsonMapper;

/**
 * Published tables and texts to try things on, fetched from where they are published and verified by their SHA-256.
 *
 * <pre>{@code
 * Path table = Datasets.get("iris", Path.of("data/iris")).get(0);
 * }</pre>
 */
public final class Datasets {
    /** Where the paths of the catalogue start; a mirror may stand in its place. */
    public static final URI SOURCE = URI.create("https://raw.githubusercontent.com");

    private static final List<Entry> ALL = read();

    private Datasets() {}

    /**
     * One dataset.
     *
     * @param what one line about it
     * @param task what is learned: {@code binary}, {@code multiclass}, {@code regression}, {@code language} or
     *     {@code translation}
     * @param target the column to predict; null for texts
     * @param licence as far as its source states one
     * @param files the one to train on first
     * @param next the command to try first; <code>{dir}</code> stands for the folder of the files
     */
    public record Entry(
            String name,
            String what,
            String task,
            @Nullable String target,
            String licence,
            List<File> files,
            String next) {
        public Entry {
            files = List.copyOf(files);
        }

        /**
         * Fetches the files that {@code folder} does not hold yet. A file appears under its name only when it is whole.
         *
         * @param mirror a server that has the files under the same paths, or null for {@link Datasets#SOURCE}
         * @return the files, the table first
         * @throws DownloadException when a server cannot be reached or does not have a file
         * @throws org.lungo.tensor.CorruptFileException when what came is not the file
         * @throws IllegalArgumentException when another file of that name is in the way
         */
        public List<Path> get(Path folder, @Nullable URI mirror) throws IOException {
            URI base = mirror == null ? SOURCE : mirror;
            Check.that(
                    "https".equals(base.getScheme()) || "http".equals(base.getScheme()),
                    "a mirror must be an address that starts with https:// or http://",
                    base);
            List<Path> fetched = new ArrayList<>();
            for (File file : files) {
                Path place = folder.resolve(file.name());
                String address = base.toString().replaceFirst("/+$", "") + "/" + file.path();
                new Download(URI.create(address), file.bytes(), file.sha256()).to(place);
                fetched.add(place);
            }
            return fetched;
        }

        /** The bytes of all files. */
        public long bytes() {
            return files.stream().mapToLong(File::bytes).sum();
        }

        /** The command to try first on files in {@code folder}. */
        public String next(Path folder) {
            return next.replace("{dir}", folder.toString());
        }
    }

    /**
     * One file.
     *
     * @param path at its source: owner, repository, commit, path
     * @param sha256 in hexadecimal
     */
    public record File(String path, long bytes, String sha256) {
        /** The last part of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** All datasets. */
    public static List<Entry> all() {
        return ALL;
    }

    /** The dataset of that name. */
    public static Entry named(String name) {
        List<String> names = ALL.stream().map(Entry::name).toList();
        return ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dataset '" + name + "'"
                        + Suggestion.sentence(name, names) + " Known are " + String.join(", ", names)));
    }

    /** As {@link Entry#get}, from {@link #SOURCE}. */
    public static List<Path> get(String name, Path folder) throws IOException {
        return named(name).get(folder, null);
    }

    private static List<Entry> read() {
        try (InputStream in = Objects.requireNonNull(Datasets.class.getResourceAsStream("datasets.json"))) {
            return List.of(new JsonMapper().readValue(in, Entry[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
