package org.lungo.preprocess.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2's letters for bytes: printable ones stand for themselves, the others for characters from U+0100 on. So every text
 * is a text of 256 letters. Radford et al. 2019, section 2.2.
 */
final class ByteLetters {
    private static final char[] LETTERS = letters();

    private ByteLetters() {}

    private static char[] letters() {
        char[] letters = new char[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            letters[b] = (char) (printable ? b : next++);
        }
        return letters;
    }

    /** All 256, in the order of their code points. */
    static List<String> alphabet() {
        List<String> alphabet = new ArrayList<>();
        for (char letter : LETTERS) {
            alphabet.add(String.valueOf(letter));
        }
        alphabet.sort(null);
        return alphabet;
    }

    static String write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder letters = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            letters.append(LETTERS[b & 0xFF]);
        }
        return letters.toString();
    }
}
