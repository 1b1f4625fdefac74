package org.lungo.preprocess;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Splits a text into words, punctuation one by one, and Chinese, Japanese and Korean characters one by one: the
 * basic tokenisation of BERT (Devlin et al. 2019, arXiv:1810.04805, and its published code). We deviate in that kana,
 * hangul, emoji and other symbols stand alone as well. Control characters, and replacements of undecodable bytes, are left out.
 *
 * <p>Reads a text once, in pieces of one word: what is not asked for is never looked at.
 *
 * @param lowercase whether capital letters become small ones
 * @param unicode the form that words are brought to
 * @param html whether tags are left out and entities decoded
 */
public record WordSplitter(boolean lowercase, TextPreprocessor.Form unicode, boolean html) {
    /** The letters after these are left out of a longer word. */
    static final int LONGEST_WORD = 100;

    /**
     * Cuts {@code text}.
     *
     * @param words is given the words in order, none of them empty, and says whether it wants more
     */
    public void split(String text, Predicate<String> words) {
        StringBuilder word = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int next = html ? Html.tagEnd(text, at) : at;
            if (next > at) {
                if (!end(word, words)) {
                    return;
                }
                at = next;
                continue;
            }
            Html.CodePoint read = html ? Html.decoded(text, at) : Html.plain(text, at);
            at = read.end();
            Role role = Role.of(read.codePoint());
            if (role == Role.LETTER || role == Role.MARK && word.length() > 0) {
                append(word, read.codePoint());
                continue;
            }
            if (role == Role.NOTHING || role == Role.MARK) {
                continue;
            }
            if (!end(word, words)) {
                return;
            }
            if (role == Role.ALONE) {
                append(word, read.codePoint());
                at = marks(text, at, word);
                if (!end(word, words)) {
                    return;
                }
            }
        }
        end(word, words);
    }

    private static void append(StringBuilder word, int codePoint) {
        if (word.length() < LONGEST_WORD) {
            word.appendCodePoint(codePoint);
        }
    }

    /** Adds the marks that belong to the character before {@code at}, such as the voicing of kana. */
    private static int marks(String text, int at, StringBuilder word) {
        int next = at;
        while (next < text.length() && Role.of(text.codePointAt(next)) == Role.MARK) {
            append(word, text.codePointAt(next));
            next += Character.charCount(text.codePointAt(next));
        }
        return next;
    }

    /** Hands on the word, if there is one. Returns whether more are wanted. */
    private boolean end(StringBuilder word, Predicate<String> words) {
        if (word.length() == 0) {
            return true;
        }
        String plain = word.toString();
        word.setLength(0);
        String normal = switch (unicode) {
            case NONE -> plain;
            case NFC -> Normalizer.normalize(plain, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(plain, Normalizer.Form.NFKC);
        };
        return words.test(lowercase ? normal.toLowerCase(Locale.ROOT) : normal);
    }

    /** What a character does to the words around it. */
    private enum Role {
        LETTER,
        MARK,
        ALONE,
        SPACE,
        NOTHING;

        private static final int UNDECODABLE = 0xFFFD;
        private static final int VARIATION_SELECTOR = 0xFE00;
        private static final int LAST_VARIATION_SELECTOR = 0xFE0F;

        static Role of(int codePoint) {
            if (codePoint < 128) {
                return Character.isLetterOrDigit(codePoint)
                        ? LETTER
                        : codePoint > ' ' && codePoint < 127 ? ALONE : blank(codePoint);
            }
            if (codePoint == UNDECODABLE || codePoint >= VARIATION_SELECTOR && codePoint <= LAST_VARIATION_SELECTOR) {
                return NOTHING;
            }
            return switch (Character.getType(codePoint)) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> MARK;
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED -> blank(codePoint);
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
                default -> Character.isLetterOrDigit(codePoint) && !standsAlone(codePoint) ? LETTER : ALONE;
            };
        }

        private static Role blank(int codePoint) {
            return Character.isWhitespace(codePoint) ? SPACE : NOTHING;
        }

        private static boolean standsAlone(int codePoint) {
            return switch (Character.UnicodeScript.of(codePoint)) {
                case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
                default -> false;
            };
        }
    }
}
