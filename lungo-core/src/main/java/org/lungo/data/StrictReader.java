package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Objects;

/**
 * The characters of a stream. Bytes that are none of its encoding are an error once all characters before them were handed
 * over, which that of the JDK keeps back; so whoever counts lines knows the one that they stand in.
 */
final class StrictReader extends Reader {
    private static final int BUFFER = 1 << 13;

    private final InputStream stream;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private boolean ended;

    StrictReader(InputStream stream, Charset charset) {
        this.stream = stream;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * As {@link Reader} says; {@code length} must be at least 2, for a character of two.
     *
     * @throws java.nio.charset.CharacterCodingException at bytes that are none of the encoding
     */
    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        Objects.checkIndex(1, length);
        CharBuffer text = CharBuffer.wrap(to, offset, length).slice();
        while (true) {
            CoderResult result = decoder.decode(bytes, text, ended);
            if (text.position() > 0) {
                return text.position(); // an error is met again by the next call
            }
            if (result.isError()) {
                result.throwException();
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = count < 0;
        bytes.position(bytes.position() + Math.max(0, count)).flip();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
