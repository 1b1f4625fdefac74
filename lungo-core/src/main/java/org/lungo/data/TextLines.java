package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines of a text file, also one that gzip packed, read strictly: wrong bytes are an error with its line. */
public final class TextLines {
    private TextLines() {}

    /**
     * All lines.
     *
     * @param encoding such as {@code utf-8}
     * @throws DataException when the file cannot be read, or is not in this encoding, naming the line
     */
    public static List<String> of(String file, String encoding) {
        Encoding known = Encoding.named(encoding);
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file));
        CharsetDecoder decoder = known.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) Math.min(
                Integer.MAX_VALUE - 16L, (long) (bytes.remaining() * (double) decoder.maxCharsPerByte()) + 16));
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            long line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += bytes.get(i) == '\n' ? 1 : 0;
            }
            throw new DataException(
                    "E301",
                    String.format(
                            "%s:%d: not %s (byte 0x%02X); set data.encoding to the file's encoding, such as latin-1 or gb18030",
                            file, line, known.name(), bytes.get(bytes.position())));
        }
        decoder.flush(text);
        text.flip();
        boolean marked = text.hasRemaining() && text.charAt(0) == '\uFEFF';
        return LineEnds.split(text.subSequence(marked ? 1 : 0, text.remaining()).toString());
    }

    private static byte[] bytes(String file) {
        Path path = Path.of(file);
        try (InputStream in = Packing.unpacked(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            String reason = Files.exists(path)
                    ? e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
                    : "no such file; check the path";
            throw new DataException("E301", "cannot read " + file + ": " + reason);
        }
    }
}
