package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one after the other, unpacked when gzip packed it; {@link LineEnds} says where
 * they end. What cannot be read is a {@link DataException} of the call that comes to it.
 */
public final class LineReader implements Iterator<String>, AutoCloseable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final Encoding encoding;
    private final BufferedReader reader;
    private @Nullable String next;
    private long count;
    private long limit = Long.MAX_VALUE;

    private LineReader(String name, Encoding encoding, InputStream bytes) {
        this.name = name;
        this.encoding = encoding;
        this.reader = new BufferedReader(new StrictReader(bytes, encoding.charset()));
    }

    /** Opens {@code file}, whose text is in {@code encoding}, such as {@code utf-8}. */
    public static LineReader open(String file, String encoding) {
        Encoding known = Encoding.named(encoding);
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new DataException(
                    "E301",
                    "cannot read " + file + ": "
                            + (Files.exists(path) ? "it is a folder; name one file" : "no such file; check the path"));
        }
        try {
            return new LineReader(file, known, Packing.unpacked(path));
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + file + ": " + e.getMessage());
        }
    }

    /** The lines of a stream in UTF-8, called {@code name} in messages. */
    public static LineReader of(String name, InputStream bytes) {
        return new LineReader(name, Encoding.named("utf-8"), bytes);
    }

    /** Reads no more than {@code lines} in all. */
    public LineReader first(long lines) {
        limit = lines;
        return this;
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        try {
            String line = count == limit ? null : LineEnds.read(reader);
            if (line == null) {
                return false;
            }
            count++;
            next = count == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            return true;
        } catch (CharacterCodingException e) {
            throw new DataException(
                    "E301",
                    name + " is not " + encoding.name() + " (line " + (count + 1)
                            + "); set data.encoding to the file's encoding, such as latin-1 or gb18030, or convert it");
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + name + " after line " + count + ": " + e.getMessage());
        }
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more lines");
        }
        String line = java.util.Objects.requireNonNull(next);
        next = null;
        return line;
    }

    /** The next lines, {@code maxLines} where there are as many. */
    public List<String> next(int maxLines) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < maxLines && hasNext()) {
            lines.add(next());
        }
        return lines;
    }

    /** The number of lines so far, and with the rest of the file all of them. */
    public long countAll() {
        while (hasNext()) {
            next();
        }
        return count;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
