package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Texts as Python sees them: sequences of code points, with Python's classes of characters. */
final class Characters {
    private Characters() {}

    static boolean isSpace(int code) {
        return Character.isWhitespace(code) || Character.isSpaceChar(code) || code == 0x85;
    }

    /** Whether {@code repr} shows the character itself. */
    static boolean isPrintable(int code) {
        return switch (Character.getType(code)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> code == ' ';
            default -> true;
        };
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The index in chars of the code point at {@code place}. */
    static int index(String text, int place) {
        return text.offsetByCodePoints(0, place);
    }

    /** The place in code points of the char at {@code index}. */
    static int place(String text, int index) {
        return text.codePointCount(0, index);
    }

    static List<Object> each(String text, Budget budget) {
        budget.steps(text.length());
        List<Object> characters = new ArrayList<>(text.length());
        text.codePoints().forEach(code -> characters.add(Character.toString(code)));
        return characters;
    }

    /** {@code text} without what {@code drop} takes at the start and the end. */
    static String strip(String text, IntPredicate drop, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && drop.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && start < end && drop.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** Whether there is a character, and {@code test} takes each. */
    static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    /** Whether there are letters with case, and {@code test} takes each. */
    static boolean allCased(String text, IntPredicate test) {
        IntPredicate cased = c -> Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        return text.codePoints().anyMatch(cased)
                && text.codePoints().filter(cased).allMatch(test);
    }

    /** The first letter of each word in title case, the others in lower case. */
    static String title(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        for (int code : text.codePoints().toArray()) {
            String letter = Character.toString(code);
            result.append(inWord ? lower(letter) : titleOf(letter));
            inWord = Character.isLetter(code) && isCased(code);
        }
        return result.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return titleOf(text.substring(0, first)) + lower(text.substring(first));
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static boolean isCased(int code) {
        return Character.isUpperCase(code) || Character.isLowerCase(code) || Character.isTitleCase(code);
    }

    private static String titleOf(String letter) {
        String upper = upper(letter);
        return upper.length() > letter.length()
                ? capitalizeExpanded(upper)
                : Character.toString(Character.toTitleCase(letter.codePointAt(0)));
    }

    /** Letters such as the German sharp s become two, of which the first alone is large. */
    private static String capitalizeExpanded(String upper) {
        return upper.charAt(0) + lower(upper.substring(1));
    }
}
