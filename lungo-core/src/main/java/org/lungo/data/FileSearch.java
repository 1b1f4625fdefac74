package org.lungo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files that a folder or a pattern stands for. */
public final class FileSearch {
    private static final Set<String> ENDINGS =
            Set.of("csv", "tsv", "txt", "data", "parquet", "jsonl", "ndjson", "json", "arff");

    private FileSearch() {}

    public static List<String> of(String location) {
        if (isPattern(location)) {
            return matching(location);
        }
        Path path = Path.of(location);
        return Files.isDirectory(path) ? inFolder(path) : List.of(location);
    }

    private static boolean isPattern(String location) {
        try {
            return location.matches(".*[*?\\[{].*") && !Files.exists(Path.of(location));
        } catch (InvalidPathException e) {
            return true; // Windows allows no * and ? in a name
        }
    }

    private static List<String> inFolder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> files = entries.filter(FileSearch::canBeRead)
                    .map(FileSearch::name)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DataException(
                        "E301",
                        "the folder " + folder + " holds no file that can be read. Expected: "
                                + String.join(" ", ENDINGS.stream().sorted().toList()) + ", text also with .gz");
            }
            return files;
        } catch (IOException e) {
            throw new DataException("E301", "cannot read the folder " + folder + ": " + e.getMessage());
        }
    }

    /** All files in a folder and below it, in the order of their names, but for hidden ones. */
    public static List<String> below(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            List<String> files = entries.filter(file -> Files.isRegularFile(file) && !isHidden(file))
                    .map(FileSearch::name)
                    .sorted()
                    .toList();
            if (!files.isEmpty()) {
                return files;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DataException("E301", "cannot read the folder " + folder + ": " + e.getMessage());
        }
        throw new DataException("E301", "the folder " + folder + " holds no file");
    }

    /** Whether a file that can be read as a table lies directly in the folder. */
    static boolean holdsTables(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(FileSearch::canBeRead);
        } catch (IOException e) {
            throw new DataException("E301", "cannot read the folder " + folder + ": " + e.getMessage());
        }
    }

    private static boolean canBeRead(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.replaceFirst("\\.gz$", "");
        return Files.isRegularFile(file)
                && !isHidden(file)
                && ENDINGS.contains(plain.substring(plain.lastIndexOf('.') + 1));
    }

    /** The name in letters, by which the file can be found again. */
    private static String name(Path file) {
        String name = file.toString();
        if (name.contains("\uFFFD") && !isFound(name)) {
            String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
            throw new DataException(
                    "E301",
                    "the name of a file must be text in " + encoding + ", the encoding of the locale. Received: " + name
                            + ", where \uFFFD stands for other bytes; rename it"
                            + (encoding.equalsIgnoreCase("UTF-8")
                                    ? ""
                                    : ", or set LC_ALL to a locale of UTF-8, such as C.UTF-8"));
        }
        return name;
    }

    private static boolean isFound(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false; // the encoding of names has no such character
        }
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static List<String> matching(String pattern) {
        String plain = pattern.replace('\\', '/');
        int fixed = plain.lastIndexOf('/', plain.replaceFirst("[*?\\[{].*", "").length());
        Path start = Path.of(fixed < 0 ? "" : fixed == 0 ? "/" : plain.substring(0, fixed));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + plain);
        int depth = plain.contains("**")
                ? Integer.MAX_VALUE
                : (int) plain.substring(fixed + 1).chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> entries = Files.walk(start, depth)) {
            List<String> files = entries.filter(
                            file -> matcher.matches(file) && Files.isRegularFile(file) && !isHidden(file))
                    .map(FileSearch::name)
                    .sorted()
                    .toList();
            if (!files.isEmpty()) {
                return files;
            }
        } catch (IOException e) {
            throw new DataException("E301", "cannot look for " + pattern + ": " + e.getMessage());
        }
        throw new DataException("E301", "no file fits " + pattern + "; check the pattern, and put it in quotes");
    }
}
