package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Whether a file is text in UTF-8, and if not, in what it may be. */
final class Utf8 {
    private static final int PIECE = 1 << 16;
    private static final int LOOKED_AT = 64;

    private Utf8() {}

    /**
     * Makes sure that the first {@code maxBytes} bytes are.
     *
     * @throws DataException naming the first line and byte that are not
     */
    static void check(String location, InputStream in, long maxBytes) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(PIECE);
        CharBuffer chars = CharBuffer.allocate(PIECE);
        long line = 1;
        long seen = 0;
        boolean end = false;
        while (!end && seen < maxBytes) {
            int read = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
            end = bytes.remaining() > read;
            seen += read;
            bytes.limit(bytes.position() + read).position(0);
            CoderResult result = decoder.decode(bytes, chars, end);
            for (int i = 0; i < bytes.position(); i++) {
                line += bytes.get(i) == '\n' ? 1 : 0;
            }
            if (result.isError()) {
                throw new DataException(
                        "E301",
                        String.format(
                                "%s is not UTF-8 (line %d, byte 0x%02X); set data.read.encoding: %s",
                                location, line, bytes.get(bytes.position()), likely(bytes)));
            }
            bytes.compact();
            chars.clear();
        }
    }

    /** The encoding that the bytes around the first wrong one speak for. */
    private static String likely(ByteBuffer bytes) {
        byte[] around = new byte[Math.min(LOOKED_AT, bytes.remaining())];
        bytes.get(around);
        int run = 0;
        boolean control = false;
        while (run < around.length && around[run] < 0) {
            control |= (around[run++] & 0xFF) < 0xA0;
        }
        for (String name : run < 2 ? new String[0] : new String[] {"gb18030", "big5", "shift_jis"}) {
            if (run % 2 == 0 && decodes(around, run, Charset.forName(name))) {
                return name + " (or another, such as latin-1)";
            }
        }
        return control ? "windows-1252" : "latin-1";
    }

    private static boolean decodes(byte[] bytes, int count, Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .chars()
                    .allMatch(Character::isIdeographic);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
