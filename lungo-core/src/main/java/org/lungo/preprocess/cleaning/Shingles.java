package org.lungo.preprocess.cleaning;

import java.util.Arrays;

/**
 * The 5-grams of a text's words as numbers: what two texts have in common. Words are runs of letters and digits, whatever
 * their case; each Han or kana character is a word. A text of fewer words is one shingle.
 */
final class Shingles {
    private static final int WORDS = 5;
    private static final long PRIME = 0x100000001B3L;
    private static final long START = 0xCBF29CE484222325L;

    private Shingles() {}

    /** A number for each shingle, in order; equal shingles have equal numbers. None for a text without words. */
    static long[] of(String text) {
        long[] words = words(text);
        if (words.length == 0) {
            return words;
        }
        long[] shingles = new long[Math.max(1, words.length - WORDS + 1)];
        for (int i = 0; i < shingles.length; i++) {
            long hash = START;
            for (int j = i; j < Math.min(words.length, i + WORDS); j++) {
                hash = mix(hash * 31 + words[j]);
            }
            shingles[i] = hash;
        }
        return shingles;
    }

    /** A number for each word, in order (FNV-1a, mixed). */
    static long[] words(String text) {
        long[] words = new long[16];
        int count = 0;
        long hash = START;
        boolean open = false;
        for (int at = 0; at <= text.length(); ) {
            int codePoint = at < text.length() ? text.codePointAt(at) : ' ';
            boolean letter = isWord(codePoint);
            boolean alone = codePoint >= 0x2E80 && letter && standsAlone(codePoint);
            if (open && (!letter || alone)) {
                words = count == words.length ? Arrays.copyOf(words, 2 * count) : words;
                words[count++] = mix(hash);
                open = false;
            }
            if (letter) {
                hash = ((open ? hash : START) ^ Character.toLowerCase(codePoint)) * PRIME;
                open = true;
            }
            if (alone) {
                words = count == words.length ? Arrays.copyOf(words, 2 * count) : words;
                words[count++] = mix(hash);
                open = false;
            }
            at += codePoint > 0xFFFF ? 2 : 1;
        }
        return Arrays.copyOf(words, count);
    }

    private static boolean isWord(int codePoint) {
        return codePoint < 128
                ? codePoint >= 'a' && codePoint <= 'z'
                        || codePoint >= 'A' && codePoint <= 'Z'
                        || codePoint >= '0' && codePoint <= '9'
                : Character.isLetterOrDigit(codePoint);
    }

    private static boolean standsAlone(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }

    /** Spreads the bits (the finaliser of MurmurHash3, Appleby 2011). */
    static long mix(long value) {
        long bits = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        bits = (bits ^ bits >>> 33) * 0xC4CEB9FE1A85EC53L;
        return bits ^ bits >>> 33;
    }
}
