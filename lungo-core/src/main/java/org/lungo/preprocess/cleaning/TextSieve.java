package org.lungo.preprocess.cleaning;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LineEnds;

/** Looks at one text after the other and remembers those that it let pass. */
final class TextSieve {
    private final Cleaning cleaning;
    private final Map<Long, Long> equal = new HashMap<>();
    private final @Nullable NearDuplicates similar;

    /**
     * What becomes of a text.
     *
     * @param text as it is written when it is kept
     * @param rule why it is not kept, or null
     * @param earlier the number of the text that it repeats, or -1
     */
    record Verdict(String text, @Nullable Rule rule, long earlier) {}

    TextSieve(Cleaning cleaning) {
        this.cleaning = cleaning;
        double threshold = cleaning.duplicates();
        this.similar = threshold > 0 && threshold < 1 ? new NearDuplicates(threshold, cleaning.seed()) : null;
    }

    /** @param number of the text, counted from 1 */
    Verdict judge(long number, String raw) {
        String text = cleaning.plain().of(raw);
        Rule rule = limits(text);
        if (rule == null && !cleaning.languages().isEmpty()) {
            Language language = Language.of(text);
            rule = language == Language.UNKNOWN || cleaning.languages().contains(language) ? null : Rule.LANGUAGE;
        }
        return rule == null ? duplicate(number, text) : new Verdict(text, rule, -1);
    }

    private @Nullable Rule limits(String text) {
        Cleaning.Limits limits = cleaning.limits();
        int characters = text.codePointCount(0, text.length());
        if (characters == 0) {
            return Rule.EMPTY;
        }
        if (characters < limits.minCharacters()) {
            return Rule.SHORT;
        }
        if (characters > limits.maxCharacters()) {
            return Rule.LONG;
        }
        if (limits.minLetters() > 0 && letters(text) < limits.minLetters()) {
            return Rule.LETTERS;
        }
        return limits.maxRepeated() < 1 && repeated(text) > limits.maxRepeated() ? Rule.REPEATED : null;
    }

    /** The share of letters among the characters other than white space; marks belong to their letters. */
    static double letters(String text) {
        long characters = text.codePoints()
                .filter(codePoint -> !Character.isWhitespace(codePoint))
                .count();
        long letters = text.codePoints()
                .filter(codePoint ->
                        Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK)
                .count();
        return (double) letters / Math.max(1, characters);
    }

    /** The share of characters that stand in lines which the text had before. */
    static double repeated(String text) {
        Set<String> seen = new HashSet<>();
        long[] characters = new long[2];
        LineEnds.split(text).stream().map(String::strip).forEach(line -> {
            characters[0] += line.length();
            characters[1] += seen.add(line) ? 0 : line.length();
        });
        return (double) characters[1] / Math.max(1, characters[0]);
    }

    private Verdict duplicate(long number, String text) {
        if (cleaning.duplicates() == 0) {
            return new Verdict(text, null, -1);
        }
        Long same = equal.putIfAbsent(key(text), number);
        if (same != null) {
            return new Verdict(text, Rule.EQUAL, same);
        }
        long[] shingles = Shingles.of(text);
        long earlier = similar == null || shingles.length == 0 ? -1 : similar.findOrAdd(number, shingles);
        return new Verdict(text, earlier < 0 ? null : Rule.SIMILAR, earlier);
    }

    /** 64 bits for the words of a text, whatever their case; for its characters when it has none. */
    private static long key(String text) {
        long[] words = Shingles.words(text);
        long key = words.length;
        for (long word : words) {
            key = Shingles.mix(key * 31 + word);
        }
        return words.length == 0 ? Shingles.mix(text.hashCode()) : key;
    }
}
