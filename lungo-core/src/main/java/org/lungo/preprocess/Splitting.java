package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a text becomes tokens such as those of a corpus, each with its place. */
public enum Splitting {
    /** Every character but white space is a token, as in Chinese corpora. */
    @JsonProperty("characters")
    CHARACTERS,

    /**
     * Words, punctuation around them one by one, and Chinese, Japanese and Korean characters one by one. What
     * stands within a word stays ({@code 3.5}, {@code co-op}, {@code U.S.}), but {@code 's} is a token of its own.
     */
    @JsonProperty("words")
    WORDS,

    /** White space divides tokens: words of a language that is written without it were put apart before. */
    @JsonProperty("spaces")
    SPACES;

    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr");
    private static final double SOME = 0.01;

    /** A token and where it stands in its text, in {@code char}s, {@code end} exclusive. */
    public record Token(String text, int start, int end) {}

    /** The splitting that gives such tokens as those of {@code sentences}. */
    public static Splitting of(List<List<String>> sentences) {
        long tokens = 0;
        long longer = 0;
        long words = 0;
        for (List<String> sentence : sentences) {
            for (String token : sentence) {
                tokens++;
                longer += token.codePointCount(0, token.length()) > 1 ? 1 : 0;
                words += token.codePoints()
                                        .filter(Splitting::isEastAsian)
                                        .limit(2)
                                        .count()
                                > 1
                        ? 1
                        : 0;
            }
        }
        return longer == 0 && tokens > 0 ? CHARACTERS : words > SOME * tokens ? SPACES : WORDS;
    }

    private static boolean isEastAsian(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> true;
            default -> false;
        };
    }

    /** The tokens of {@code text} in order. */
    public List<Token> split(String text) {
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        for (int at = 0; at <= text.length(); ) {
            int codePoint = at == text.length() ? ' ' : text.codePointAt(at);
            boolean space = Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
            boolean alone = this == CHARACTERS || this == WORDS && isEastAsian(codePoint);
            if ((space || alone) && start >= 0) {
                word(text, start, at, tokens);
                start = -1;
            }
            int end = at + Character.charCount(codePoint);
            if (!space && alone) {
                tokens.add(new Token(text.substring(at, end), at, end));
            } else if (!space && start < 0) {
                start = at;
            }
            at = end;
        }
        return tokens;
    }

    /** Adds what stands between white space. */
    private void word(String text, int start, int end, List<Token> tokens) {
        if (this == SPACES) {
            add(text, start, end, tokens);
            return;
        }
        int first = start;
        while (first < end && isPunctuation(text.codePointAt(first))) {
            int next = first + Character.charCount(text.codePointAt(first));
            add(text, first, next, tokens);
            first = next;
        }
        List<Token> behind = new ArrayList<>();
        int last = end;
        while (last > first
                && isPunctuation(text.codePointBefore(last))
                && !isAbbreviation(text.substring(first, last))) {
            int next = last - Character.charCount(text.codePointBefore(last));
            add(text, next, last, behind);
            last = next;
        }
        String word = text.substring(first, last);
        boolean possessive = word.length() > 2 && word.toLowerCase(Locale.ROOT).matches("(?s).*['’]s");
        if (possessive) {
            add(text, first, last - 2, tokens);
            add(text, last - 2, last, tokens);
        } else if (last > first) {
            add(text, first, last, tokens);
        }
        java.util.Collections.reverse(behind);
        tokens.addAll(behind);
    }

    private static void add(String text, int start, int end, List<Token> tokens) {
        tokens.add(new Token(text.substring(start, end), start, end));
    }

    private static boolean isPunctuation(int codePoint) {
        return !Character.isLetterOrDigit(codePoint)
                && Character.getType(codePoint) != Character.NON_SPACING_MARK
                && Character.getType(codePoint) != Character.COMBINING_SPACING_MARK;
    }

    /** {@code U.S.}, {@code J.} and {@code Mr.} keep their last full stop. */
    private static boolean isAbbreviation(String word) {
        return word.matches("(\\p{L}\\.)+")
                || word.endsWith(".")
                        && TITLES.contains(word.substring(0, word.length() - 1).toLowerCase(Locale.ROOT));
    }
}
