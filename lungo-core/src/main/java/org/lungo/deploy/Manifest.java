package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The size and SHA-256 of every file of a folder, by path; in {@code manifest.json}. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(Map<String, Entry> files) {
    /** The file of a run that differs between runs that are otherwise equal; so its manifest leaves it out. */
    public static final String RUN = "run.json";

    /** Event files for TensorBoard, and which run of an MLflow server a run is; they differ as {@link #RUN} does. */
    public static final String TENSORBOARD = "tensorboard";

    public static final String MLFLOW = "mlflow.json";

    /** Files and folders of a run that its manifest leaves out, because equal runs differ in them. */
    public static final Set<String> DIFFERING = Set.of(RUN, TENSORBOARD, MLFLOW);

    /** The name of the file. */
    public static final String NAME = "manifest.json";

    private static final JsonMapper JSON = new JsonMapper();

    /** One file. */
    public record Entry(long size, String sha256) {}

    /** Writes the manifest of everything in {@code folder}, except {@code unlisted} files and folders. */
    public static Manifest write(Path folder, Set<String> unlisted) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        for (String name : names(folder)) {
            if (!isAmong(unlisted, name)) {
                files.put(name, entry(folder.resolve(name)));
            }
        }
        Manifest manifest = new Manifest(files);
        Files.writeString(folder.resolve(NAME), manifest.text());
        return manifest;
    }

    /** Whether a path is one of {@code files}, or in one of the folders among them. */
    public static boolean isAmong(Set<String> files, String path) {
        return files.stream().anyMatch(file -> path.equals(file) || path.startsWith(file + "/"));
    }

    private String text() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /** Takes the files in {@code part} of {@code folder} off its list, so that they may be deleted. */
    public static void forget(Path folder, String part) throws IOException {
        Map<String, Entry> files = new TreeMap<>(read(folder).files());
        files.keySet().removeIf(name -> name.startsWith(part + "/"));
        Path written = folder.resolve(NAME + ".writing");
        Files.writeString(written, new Manifest(files).text());
        Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE); // replaces it whole or not at all
    }

    /**
     * Checks every listed file of {@code folder}.
     *
     * @throws CorruptFileException when the manifest or a file is missing or changed, naming it
     */
    public static Manifest verify(Path folder) throws IOException {
        Manifest manifest = read(folder);
        for (Map.Entry<String, Entry> listed : manifest.files().entrySet()) {
            Path path = folder.resolve(listed.getKey()).normalize();
            if (!path.startsWith(folder.normalize()) || !Files.isRegularFile(path)) {
                throw new CorruptFileException(folder + " is incomplete: " + listed.getKey()
                        + " is missing; restore it from a copy or train again");
            }
            Entry found = entry(path);
            if (!found.equals(listed.getValue())) {
                throw new CorruptFileException(
                        path + " was changed: expected " + listed.getValue().size()
                                + " bytes with SHA-256 " + listed.getValue().sha256() + ". Received: " + found.size()
                                + " bytes with " + found.sha256() + "; restore it from a copy or train again");
            }
        }
        return manifest;
    }

    /** The files of {@code folder} that its manifest does not list; nothing reads them. */
    public static List<String> unlisted(Path folder) throws IOException {
        Set<String> listed = read(folder).files().keySet();
        return names(folder).stream().filter(name -> !listed.contains(name)).toList();
    }

    /** The paths of all files in {@code folder} but the manifest itself, with {@code /} on every system. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(NAME))
                    .sorted()
                    .toList();
        }
    }

    private static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(folder + " is not complete: it has no " + NAME
                    + "; name a run folder, its model folder or a checkpoint");
        }
        try {
            Manifest manifest = JSON.readValue(Files.readString(file), Manifest.class);
            if (manifest != null && manifest.files() != null) {
                return manifest;
            }
            throw new CorruptFileException(file + " is damaged: it lists no files; restore it from a copy");
        } catch (JacksonException e) {
            throw new CorruptFileException(
                    file + " is damaged: " + e.getOriginalMessage() + "; restore it from a copy");
        }
    }

    /** The SHA-256 of the manifest in {@code folder}. */
    public static String fingerprint(Path folder) throws IOException {
        return entry(folder.resolve(NAME)).sha256();
    }

    private static Entry entry(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return new Entry(Files.size(path), HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
