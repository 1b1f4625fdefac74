package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@link Documents} piece by piece; what cannot be read is a {@link DataException} of the call that comes to it. */
public final class DocumentReader implements Iterator<Documents.Piece>, AutoCloseable {
    /** The number of characters after which a piece is cut at the next allowed place. */
    private static final int PIECE = 1 << 18;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String TEXT = "text";

    private final Deque<String> files;
    private final Encoding encoding;
    private final Fingerprint fingerprint = new Fingerprint();
    private MessageDigest digest = Fingerprint.digest();
    private String file = "";
    private InputStream packed = InputStream.nullInputStream();
    private @Nullable BufferedReader open;
    private @Nullable Reader document;
    private Documents.@Nullable Piece next;
    private int ahead = -1;
    private long line;

    DocumentReader(List<String> files, Encoding encoding) {
        this.files = new ArrayDeque<>(files);
        this.encoding = encoding;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && find()) {
                Reader reader = document;
                next = reader == null ? null : piece(reader);
            }
            return next != null;
        } catch (CharacterCodingException e) {
            throw new DataException(
                    "E301",
                    file + " is not " + encoding.name() + " (at or after line " + line
                            + "); set data.encoding to the file's encoding, such as latin-1 or gb18030");
        } catch (IOException e) {
            String reason =
                    Files.exists(Path.of(file)) ? String.valueOf(e.getMessage()) : "no such file; check the path";
            throw new DataException("E301", "cannot read " + file + ": " + reason);
        }
    }

    @Override
    public Documents.Piece next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more documents");
        }
        Documents.Piece piece = java.util.Objects.requireNonNull(next);
        next = null;
        return piece;
    }

    /** The texts of all pieces, wherever documents end. */
    public Iterator<String> texts() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return DocumentReader.this.hasNext();
            }

            @Override
            public String next() {
                return DocumentReader.this.next().text();
            }
        };
    }

    /**
     * The SHA-256 in hexadecimal of the file, or of several that of theirs, as {@link Source#fingerprint} makes it.
     *
     * @throws IllegalStateException before all was read
     */
    public String fingerprint() {
        if (open != null || !files.isEmpty()) {
            throw new IllegalStateException("the fingerprint is known when all was read");
        }
        return fingerprint.value();
    }

    @Override
    public void close() {
        BufferedReader reader = open;
        open = null;
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Goes on to the next document when none is being read; false when there is none. */
    private boolean find() throws IOException {
        while (document == null) {
            BufferedReader reader = open;
            if (reader == null) {
                if (files.isEmpty()) {
                    return false;
                }
                begin(files.remove());
            } else {
                nextOf(reader);
            }
        }
        return true;
    }

    private void begin(String name) throws IOException {
        file = name;
        line = 1;
        digest = Fingerprint.digest();
        InputStream bytes = new DigestInputStream(Files.newInputStream(Path.of(name)), digest);
        packed = bytes;
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                Packing.unpacked(name, bytes),
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        open = reader;
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        if (!isJsonLines()) {
            start(reader);
        }
    }

    private boolean isJsonLines() {
        String name = Documents.withoutGz(file);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /** The next document of the open file, which is closed at its end. */
    private void nextOf(BufferedReader reader) throws IOException {
        String text = isJsonLines() ? LineEnds.read(reader) : null;
        if (text == null) {
            packed.transferTo(OutputStream.nullOutputStream()); // what stands behind the end of a .gz file
            fingerprint.add(file, digest);
            close();
        } else if (!text.isBlank()) {
            start(new StringReader(field(text)));
            line++;
        } else {
            line++;
        }
    }

    private void start(Reader reader) throws IOException {
        document = reader;
        ahead = reader.read();
    }

    /** The next piece of the document; null when nothing is left of it. */
    private Documents.@Nullable Piece piece(Reader reader) throws IOException {
        StringBuilder piece = new StringBuilder();
        boolean lineStart = false;
        int c = ahead;
        for (; c >= 0; c = reader.read()) {
            if (piece.length() >= PIECE && (lineStart && !Character.isWhitespace(c) || tooLong(piece, c))) {
                break;
            }
            piece.append((char) c);
            lineStart = c == '\n';
            line += lineStart && !isJsonLines() ? 1 : 0;
        }
        ahead = c;
        if (c < 0) {
            document = null;
        }
        return piece.isEmpty() ? null : new Documents.Piece(piece.toString(), c < 0);
    }

    /** A line without end is cut anywhere but within a character. */
    private static boolean tooLong(StringBuilder piece, int next) {
        return piece.length() >= 2 * PIECE && !Character.isLowSurrogate((char) next);
    }

    private String field(String text) {
        try {
            JsonNode value = JsonMapper.shared().readTree(text).path(TEXT);
            if (value.isString()) {
                return value.asString();
            }
        } catch (JacksonException e) {
            // said below
        }
        throw new DataException(
                "E301",
                file + ", line " + line + " must be an object with a field '" + TEXT + "' that holds a text. Received: "
                        + (text.length() > 60 ? text.substring(0, 60) + "..." : text));
    }
}
