package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder of texts as a table: a row for each file below it, in the order of their names, with the columns {@code file},
 * {@code label}, the name of the topmost folder that the file lies in, and {@code text}. Files that lie in no folder have
 * no label.
 */
final class TextFolder implements RowFeed {
    static final String FILE = "file";
    static final String LABEL = "label";
    static final String TEXT = "text";

    private static final List<String> ENDINGS = List.of("txt", "md", "text");
    private static final int MAX_BYTES = 1 << 29;

    private final Path folder;
    private final Encoding encoding;
    private final Iterator<Path> files;
    private final @Nullable Consumer<BadRow> broken;

    private TextFolder(Path folder, Encoding encoding, Iterator<Path> files, @Nullable Consumer<BadRow> broken) {
        this.folder = folder;
        this.encoding = encoding;
        this.files = files;
        this.broken = broken;
    }

    /** Whether the folder holds no table, but folders that hold texts alone. */
    static boolean isLabelled(Path folder) {
        try {
            return !FileSearch.holdsTables(folder)
                    && FileSearch.below(folder).stream()
                            .map(Path::of)
                            .anyMatch(file -> !folder.equals(file.getParent()) && isText(file));
        } catch (DataException e) {
            return false;
        }
    }

    /** Whether the name is a text's: a usual ending or none. */
    static boolean isText(Path file) {
        String name = Documents.withoutGz(file.getFileName().toString());
        return !name.contains(".") || ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * Looks at the names of the files.
     *
     * @param broken gets the texts that cannot be read; null to fail at the first
     * @throws DataException when a file is no text, or lies outside the folders that are labels
     */
    static TextFolder open(Source source, @Nullable Consumer<BadRow> broken) {
        Path folder = Path.of(source.location());
        List<Path> files = FileSearch.below(folder).stream().map(Path::of).toList();
        for (Path file : files) {
            if (!isText(file)) {
                throw new DataException(
                        "E301",
                        "expected a file, or a folder with folders of texts, whose names are the labels. Received: the"
                                + " folder " + folder + ", in which " + folder.relativize(file)
                                + " is no text (.txt .text .md, also .gz); name a file, or move what is no text elsewhere");
            }
        }
        List<Path> outside =
                files.stream().filter(file -> folder.equals(file.getParent())).toList();
        if (!outside.isEmpty() && outside.size() < files.size()) {
            throw new DataException(
                    "E301",
                    "every text of " + folder + " must lie in a folder, whose name is its label. Received: "
                            + outside.get(0) + ", outside the label folders; move it into one of them, or elsewhere");
        }
        Encoding encoding = Encoding.named(source.options().encoding());
        return new TextFolder(folder, encoding, files.iterator(), broken);
    }

    /** What is known of the columns without looking at them. */
    static Profile profile(Profile first) {
        List<Kind> kinds = List.of(Kind.IGNORE, Kind.CATEGORY, Kind.TEXT);
        List<ColumnProfile> columns = first.columns();
        return new Profile(
                first.rows(),
                List.of(
                        columns.get(0).as(kinds.get(0)),
                        columns.get(1).as(kinds.get(1)),
                        columns.get(2).as(kinds.get(2))));
    }

    @Override
    public List<String> names() {
        return List.of(FILE, LABEL, TEXT);
    }

    @Override
    public @Nullable List<@Nullable String> next() throws IOException {
        while (files.hasNext()) {
            Path file = files.next();
            Path place = folder.relativize(file);
            String name = place.toString().replace('\\', '/');
            try {
                String label = place.getNameCount() > 1 ? place.getName(0).toString() : null;
                return Arrays.asList(name, label, read(file));
            } catch (DataException e) {
                if (broken == null) {
                    throw e;
                }
                broken.accept(new BadRow(0, 0, String.valueOf(e.getMessage()), name));
            }
        }
        return null;
    }

    private String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream plain = Packing.unpacked(file)) {
            bytes = plain.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + file + ": " + e.getMessage());
        }
        if (bytes.length > MAX_BYTES) {
            throw new DataException(
                    "E301", file + " must have at most 512 MiB; divide it, or train a language model on it");
        }
        String text = decode(file, bytes);
        if (text.indexOf('\0') >= 0) {
            throw new DataException("E301", file + " is not a text file (it holds zero bytes)");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private String decode(Path file, byte[] bytes) throws IOException {
        try {
            return encoding.charset(bytes)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            if (encoding.isUtf8()) {
                Utf8.check(file.toString(), new java.io.ByteArrayInputStream(bytes), Long.MAX_VALUE);
            }
            throw new DataException(
                    "E301",
                    file + " is not text in " + encoding.name()
                            + "; set data.read.encoding to the encoding that it was written in");
        }
    }

    @Override
    public void close() {}
}
