package org.lungo.data;

import java.util.List;

/**
 * Tells texts, whose words a model can read, from names, addresses and codes, which are categories.
 *
 * <p>Texts are mostly different from each other, and either have on average eight Chinese, Japanese or Korean characters, or
 * more than four words of which two in five begin with a small letter (in scripts without capitals every letter is one),
 * or at least nine words with more letters than other characters.
 */
final class Sentences {
    /** Shorter values on average are not looked at. */
    static final int SHORTEST = 8;

    private static final double MIN_CJK = 8;
    private static final double FEW_WORDS = 4;
    private static final double MANY_WORDS = 9;
    private static final double SMALL = 0.4;

    private int cjk;
    private int words;
    private int capital;
    private int small;
    private int letters;
    private int characters;

    private Sentences() {}

    /** Whether this number of different values among the present ones may be texts: every second is new. */
    static boolean different(long distinct, long present) {
        return present > 0 && distinct * 2 >= present;
    }

    /** Whether values are texts. */
    static boolean are(List<String> values) {
        Sentences sentences = new Sentences();
        values.forEach(sentences::count);
        double rows = values.size();
        if (sentences.cjk >= MIN_CJK * rows) {
            return rows > 0;
        }
        double average = sentences.words / rows;
        boolean sentence = sentences.small >= SMALL * (sentences.small + sentences.capital);
        return sentences.letters * 2 > sentences.characters
                && (average >= MANY_WORDS || average > FEW_WORDS && sentence);
    }

    private void count(String value) {
        boolean start = true;
        for (int at = 0; at < value.length(); ) {
            int codePoint = value.codePointAt(at);
            at += Character.charCount(codePoint);
            if (Character.isWhitespace(codePoint)) {
                start = true;
                continue;
            }
            characters++;
            words += start ? 1 : 0;
            if (Character.isLetter(codePoint)) {
                letters++;
                cjk += isCjk(codePoint) ? 1 : 0;
                boolean isCapital = Character.isUpperCase(codePoint) || Character.isTitleCase(codePoint);
                capital += start && isCapital ? 1 : 0;
                small += start && !isCapital ? 1 : 0;
            }
            start = false;
        }
    }

    private static boolean isCjk(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> false;
        };
    }
}
