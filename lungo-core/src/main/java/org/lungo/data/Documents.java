package org.lungo.data;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Texts that are read one after the other and never held all at once: a text file is one document; in JSON lines each line
 * has one in its field {@code text}; a folder or a pattern stands for all its files, in the order of their names. Files that
 * gzip packed are unpacked on the way.
 *
 * <pre>{@code
 * try (DocumentReader reader = new Documents("corpus").open()) {
 *     while (reader.hasNext()) {
 *         count += reader.next().text().length();
 *     }
 * }
 * }</pre>
 *
 * @param locations files, folders (with all below them) or patterns
 * @param encoding of the files, such as {@code utf-8}
 */
public record Documents(List<String> locations, String encoding) {
    public Documents {
        locations = List.copyOf(locations);
    }

    /** Texts in UTF-8. */
    public Documents(String... locations) {
        this(List.of(locations), "utf-8");
    }

    /**
     * A piece of a document. A long document comes in several, cut before a line that does not start with white space, so
     * that no word, and no group of empty lines, is cut in two.
     *
     * @param text never empty
     * @param last whether the document ends with it
     */
    public record Piece(String text, boolean last) {}

    /** The locations in words. */
    public String title() {
        return String.join(", ", locations);
    }

    private List<String> files() {
        return locations.stream()
                .flatMap(location -> (new File(location).isDirectory() // a pattern is no path on Windows
                                ? FileSearch.below(Path.of(location))
                                : FileSearch.of(location))
                        .stream())
                .toList();
    }

    /** Begins to read them. */
    public DocumentReader open() {
        return new DocumentReader(files(), Encoding.named(encoding));
    }

    /** Whether {@code location} is a text file, or a folder or pattern of text files alone. */
    public static boolean areTexts(String location) {
        if (location.startsWith("jdbc:") || location.startsWith("generated:")) {
            return false;
        }
        try {
            return new Documents(location).files().stream().allMatch(Documents::isText);
        } catch (DataException e) {
            return false;
        }
    }

    private static boolean isText(String file) {
        String name = withoutGz(file);
        return name.endsWith(".txt") || name.endsWith(".md") || name.endsWith(".text");
    }

    public static String withoutGz(String file) {
        return file.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    }
}
