package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commit that is checked out in a folder, read off its {@code .git}; git itself is not needed. */
final class GitCommit {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String REFERENCE = "ref: ";
    private static final String ELSEWHERE = "gitdir: ";

    private GitCommit() {}

    /** The commit's hash in hexadecimal; null outside a repository, before its first commit, or when it is not readable. */
    static @Nullable String of(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return read(git);
                } catch (IOException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static @Nullable String read(Path git) throws IOException {
        Path directory = Files.isDirectory(git) ? git : git.resolveSibling(after(ELSEWHERE, text(git)));
        String head = text(directory.resolve("HEAD"));
        if (!head.startsWith(REFERENCE)) {
            return hash(head);
        }
        String name = after(REFERENCE, head);
        Path common = directory.resolve("commondir"); // a work tree keeps its branches in the main repository
        Path shared = Files.exists(common) ? directory.resolve(text(common)) : directory;
        for (Path place : List.of(directory, shared)) {
            if (Files.isRegularFile(place.resolve(name))) {
                return hash(text(place.resolve(name)));
            }
        }
        Path packed = shared.resolve("packed-refs");
        return Files.exists(packed) ? packed(packed, name) : null;
    }

    private static @Nullable String packed(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.endsWith(" " + name)) {
                return hash(line.substring(0, line.indexOf(' ')));
            }
        }
        return null;
    }

    private static @Nullable String hash(String text) {
        return HASH.matcher(text).matches() ? text : null;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static String after(String prefix, String text) throws IOException {
        if (!text.startsWith(prefix)) {
            throw new IOException("expected '" + prefix + "'. Received: " + text);
        }
        return text.substring(prefix.length());
    }
}
