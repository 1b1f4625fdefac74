package org.lungo.preprocess.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * The check of a {@code precompiled_charsmap}, the normalisation of SentencePiece: the size of a trie in bytes, the trie, a
 * double array of 32-bit units (Aoe 1989; the layout of Darts-clone), and the texts that its leaves stand for, each with a
 * zero behind it. The Rust library looks up whatever place a unit names; a place that does not exist ends the JVM. So every
 * place that some text can lead to is visited here.
 */
final class CharacterMap {
    private static final int MAX_BYTES = 1 << 24;
    private static final int BYTES = 256;

    private final IntBuffer units;
    private final byte[] texts;

    private CharacterMap(IntBuffer units, byte... texts) {
        this.units = units;
        this.texts = texts;
    }

    /** Whether the library can normalise every text by {@code base64}. */
    static boolean isSafe(String base64) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() < Integer.BYTES || bytes.remaining() > MAX_BYTES) {
                return false;
            }
            int size = bytes.getInt();
            if (size < Integer.BYTES || size % Integer.BYTES != 0 || size > bytes.remaining()) {
                return false;
            }
            byte[] texts = new byte[bytes.remaining() - size];
            bytes.get(bytes.position() + size, texts);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
            IntBuffer units = bytes.limit(bytes.position() + size)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer();
            return new CharacterMap(units, texts).isWhole();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
    }

    private boolean isWhole() {
        BitSet seen = new BitSet(units.capacity());
        Deque<Integer> open = new ArrayDeque<>();
        long first = offset(units.get(0));
        if (first >= units.capacity()) {
            return false;
        }
        open.add((int) first);
        while (!open.isEmpty()) {
            int place = open.remove();
            if (seen.get(place)) {
                continue;
            }
            seen.set(place);
            for (int label = 1; label < BYTES; label++) {
                int child = place ^ label;
                if (child >= units.capacity()) {
                    return false;
                }
                int unit = units.get(child);
                if ((unit & 0x800000FF) == label) {
                    long next = child ^ offset(unit);
                    if (next >= units.capacity() || isLeaf(unit) && !isText(units.get((int) next))) {
                        return false;
                    }
                    open.add((int) next);
                }
            }
        }
        return true;
    }

    /** Whether the value of a leaf is the start of a character among the texts, or their end. */
    private boolean isText(int unit) {
        int at = unit & Integer.MAX_VALUE;
        return at == texts.length || at < texts.length && (texts[at] & 0xC0) != 0x80;
    }

    private static boolean isLeaf(int unit) {
        return (unit >> 8 & 1) == 1;
    }

    private static long offset(int unit) {
        return (unit >>> 10 & 0xFFFFFFFFL) << ((unit & 1 << 9) >>> 6);
    }
}
