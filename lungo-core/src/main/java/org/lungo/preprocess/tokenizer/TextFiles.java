package org.lungo.preprocess.tokenizer;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;

/**
 * The text of files, in parts that end where a line ends, so that files may be larger than memory. UTF-8, plain or as
 * {@code .gz}; of a folder all files in it and below, in the order of their names.
 */
public final class TextFiles implements Iterable<String> {
    /** The characters of a part; only a line that is longer is cut elsewhere. */
    private static final int PART = 1 << 16;

    private final List<Path> files;

    /**
     * @throws DataException {@code E301} when a file is missing, or a folder has none
     */
    public TextFiles(List<Path> places) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new DataException("E301", place + " is missing; name text files or folders of them");
            }
            try (Stream<Path> inside = Files.walk(place)) {
                inside.filter(Files::isRegularFile).sorted().forEach(found::add);
            }
        }
        if (found.isEmpty()) {
            throw new DataException("E301", places + " has no file; name text files or folders of them");
        }
        files = List.copyOf(found);
    }

    /** The files in order. */
    public List<Path> files() {
        return files;
    }

    /** The parts of all files in order; reading fails with a {@link DataException} or an {@link UncheckedIOException}. */
    @Override
    public Iterator<String> iterator() {
        return new Parts(files.iterator());
    }

    private static final class Parts implements Iterator<String> {
        private final Iterator<Path> files;
        private @Nullable Path file;
        private @Nullable BufferedReader reader;
        private final StringBuilder rest = new StringBuilder();
        private @Nullable String next;

        Parts(Iterator<Path> files) {
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && (reader != null || files.hasNext())) {
                    advance();
                }
                return next != null;
            } catch (CharacterCodingException e) {
                throw new DataException("E301", file + " is not text in UTF-8; convert it first");
            } catch (ZipException e) {
                throw new DataException("E301", file + " is not gzip as its name says: " + e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String next() {
            String part = hasNext() ? next : null;
            if (part == null) {
                throw new NoSuchElementException("no more text");
            }
            next = null;
            return part;
        }

        private void advance() throws IOException {
            BufferedReader open = reader;
            if (open == null) {
                Path path = files.next();
                file = path;
                reader = open(path);
                return;
            }
            char[] characters = new char[PART];
            int read = open.read(characters);
            if (read >= 0) {
                rest.append(characters, 0, read);
            } else {
                open.close();
                reader = null;
            }
            int end = read < 0 ? rest.length() : end(rest);
            if (end > 0) {
                next = rest.substring(0, end);
                rest.delete(0, end);
            }
        }

        /** After the last line end; where there is none in many parts, at their end, but not within a character. */
        private static int end(StringBuilder text) {
            int line = text.lastIndexOf("\n") + 1;
            if (line > 0 || text.length() < 8 * PART) {
                return line;
            }
            int last = text.length() - 1;
            return Character.isHighSurrogate(text.charAt(last)) ? last : last + 1;
        }

        private static BufferedReader open(Path path) throws IOException {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(path), PART);
            InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, PART) : bytes;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), PART);
        }
    }
}
