package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Copies text files that DuckDB cannot read as they are into temporary files in UTF-8, a piece at a time: those in other
 * encodings, and those whose lines end with a carriage return alone or in several ways.
 */
final class Rewriting {
    private static final int PIECE = 1 << 16;

    private Rewriting() {}

    /** As {@link #of(Source, Path)} with the folder that Java names for temporary files. */
    static Source of(Source source) {
        return of(source, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * A source with the same rows that DuckDB can read: {@code source}, or a file in the folder {@code temporary} that is to
     * be given to {@link #delete}.
     */
    static Source of(Source source, Path temporary) {
        if (source.isDatabase()
                || source.isGenerated()
                || source.isFolder()
                || source.extension().equals("parquet")) {
            return source;
        }
        Encoding encoding = Encoding.named(source.options().encoding());
        String quote = source.options().layout().quote();
        String quotes = quote == null ? "\"" : quote;
        boolean csv = source.isCsv();
        try {
            boolean odd = csv && TextStart.of(source).endsLinesOddly(quotes);
            return !odd && (csv ? !encoding.duckdb().isEmpty() : encoding.isUtf8())
                    ? source
                    : rewritten(source, temporary, encoding, odd ? quotes : null);
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    /** Deletes what {@link #of} made for {@code source}. */
    static void delete(Source source, Source readable) {
        if (!source.equals(readable)) {
            try {
                Files.deleteIfExists(Path.of(readable.location()));
            } catch (IOException e) {
                Path.of(readable.location()).toFile().deleteOnExit();
            }
        }
    }

    private static Source rewritten(Source source, Path temporary, Encoding encoding, @Nullable String quotes)
            throws IOException {
        Path file = Files.createTempFile(temporary, "lungo-", "." + source.extension());
        ReadOptions options = source.options();
        Source copy = new Source(
                file.toString(),
                new ReadOptions(
                        options.layout(),
                        "utf-8",
                        options.missing(),
                        options.query(),
                        options.dateFormat(),
                        options.decimal()));
        try (InputStream in = source.stream();
                Writer out = Files.newBufferedWriter(file)) {
            in.mark(2);
            byte[] start = in.readNBytes(2);
            in.reset();
            Reader text = new BufferedReader(
                    new InputStreamReader(in, encoding.charset(start).newDecoder()), PIECE);
            if (quotes == null) {
                text.transferTo(out);
            } else {
                copy(text, out, quotes);
            }
            return copy;
        } catch (CharacterCodingException e) {
            delete(source, copy);
            throw new DataException(
                    "E301",
                    source.location() + " is not text in " + encoding.name()
                            + "; set data.read.encoding to the encoding that it was written in");
        } catch (IOException e) {
            delete(source, copy);
            throw e;
        }
    }

    /** Copies with a line feed at the end of every line. */
    private static void copy(Reader in, Writer out, String quotes) throws IOException {
        boolean quoted = false;
        boolean returned = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            quoted ^= quotes.indexOf(c) >= 0;
            if (!(returned && c == '\n')) {
                out.write(c == '\r' && !quoted ? '\n' : c);
            }
            returned = c == '\r' && !quoted;
        }
    }
}
