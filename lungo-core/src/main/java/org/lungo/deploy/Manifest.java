package org.lungo.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    /** The name of the file. */
    public static final String NAME = "manifest.json";

    private static final JsonMapper JSON = new JsonMapper();

    /** One file. */
    public record Entry(long size, String sha256) {}

    /** Writes the manifest of everything in {@code folder}, except {@code unlisted} file names. */
    public static Manifest write(Path folder, Set<String> unlisted) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (!name.equals(NAME) && !unlisted.contains(name)) {
                    files.put(name, entry(path));
                }
            }
        }
        Manifest manifest = new Manifest(files);
        Files.writeString(
                folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
        return manifest;
    }

    /**
     * Checks every listed file of {@code folder}.
     *
     * @throws CorruptFileException when the manifest or a file is missing or changed, naming it
     */
    public static void verify(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(folder + " is not complete: it has no " + NAME
                    + "; name a run folder, its model folder or a checkpoint");
        }
        Manifest manifest;
        try {
            manifest = JSON.readValue(Files.readString(file), Manifest.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(
                    file + " is damaged: " + e.getOriginalMessage() + "; restore it from a copy");
        }
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
