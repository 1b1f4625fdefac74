package org.lungo.preprocess.tokenizer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * A corpus as one row of token ids, in a file: INT32, little-endian. It is tokenised once, piece by piece, and then mapped
 * into memory, so that neither text nor ids need fit there.
 *
 * @param tokens how many ids it has
 * @param characters how many UTF-16 units of text they stand for
 * @param fingerprint of the documents, {@link DocumentReader#fingerprint}
 */
public record TokenFile(Path file, long tokens, long characters, String fingerprint) {
    private static final int PIECES_AT_ONCE = 32;

    /**
     * Tokenises {@code documents} into {@code file}.
     *
     * @param end the id to put behind each document, or null
     * @throws DataException when the documents cannot be read, or hold no text
     */
    public static TokenFile write(Path file, Tokenizer tokenizer, Documents documents, @Nullable Integer end)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            Writer writer = new Writer(out, tokenizer);
            String fingerprint;
            try (DocumentReader reader = documents.open()) {
                while (reader.hasNext()) {
                    writer.add(reader.next(), end);
                }
                fingerprint = reader.fingerprint();
            }
            writer.flush();
            if (writer.characters == 0) {
                throw new DataException("E301", documents.title() + " holds no text");
            }
            return new TokenFile(file, writer.tokens, writer.characters, fingerprint);
        }
    }

    /** The ids as a tensor of the scope that is open now: INT32 [tokens]. The file must not change while it lives. */
    public Tensor map() {
        return Tensor.map(file, 0, DType.INT32, tokens);
    }

    private static final class Writer {
        private final OutputStream out;
        private final Tokenizer tokenizer;
        private final List<String> pieces = new ArrayList<>();
        private long tokens;
        private long characters;

        Writer(OutputStream out, Tokenizer tokenizer) {
            this.out = out;
            this.tokenizer = tokenizer;
        }

        void add(Documents.Piece piece, @Nullable Integer end) throws IOException {
            pieces.add(piece.text());
            characters += piece.text().length();
            if (piece.last() && end != null) {
                flush();
                write(end);
            } else if (pieces.size() == PIECES_AT_ONCE) {
                flush();
            }
        }

        void flush() throws IOException {
            for (int[] ids : tokenizer.encodeAll(pieces)) {
                write(ids);
            }
            pieces.clear();
        }

        private void write(int... ids) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(ids);
            out.write(bytes.array());
            tokens += ids.length;
        }
    }
}
