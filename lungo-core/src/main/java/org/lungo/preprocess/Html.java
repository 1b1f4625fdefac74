package org.lungo.preprocess;

import java.util.Map;

/** The little of HTML that stands in texts that people wrote: tags and entities. */
final class Html {
    private static final int LONGEST_TAG = 2000;
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, Integer> ENTITIES = Map.ofEntries(
            Map.entry("amp", (int) '&'),
            Map.entry("lt", (int) '<'),
            Map.entry("gt", (int) '>'),
            Map.entry("quot", (int) '"'),
            Map.entry("apos", (int) '\''),
            Map.entry("nbsp", (int) ' '),
            Map.entry("ldquo", 0x201C),
            Map.entry("rdquo", 0x201D),
            Map.entry("lsquo", 0x2018),
            Map.entry("rsquo", 0x2019),
            Map.entry("hellip", 0x2026),
            Map.entry("mdash", 0x2014),
            Map.entry("ndash", 0x2013),
            Map.entry("copy", 0xA9),
            Map.entry("reg", 0xAE),
            Map.entry("euro", 0x20AC),
            Map.entry("pound", 0xA3),
            Map.entry("middot", 0xB7));

    private Html() {}

    /** A code point of a text and where the next one begins. */
    record CodePoint(int codePoint, int end) {}

    /** The code point at {@code at} as it is. */
    static CodePoint plain(String text, int at) {
        int codePoint = text.codePointAt(at);
        return new CodePoint(codePoint, at + Character.charCount(codePoint));
    }

    /** The code point at {@code at}; of an entity the code point that it stands for. */
    static CodePoint decoded(String text, int at) {
        int limit = Math.min(text.length(), at + LONGEST_ENTITY);
        for (int end = at + 1; text.charAt(at) == '&' && end < limit; end++) {
            if (text.charAt(end) == ';') {
                int codePoint = entity(text.substring(at + 1, end));
                return codePoint >= 0 ? new CodePoint(codePoint, end + 1) : plain(text, at);
            }
        }
        return plain(text, at);
    }

    /** The code point that an entity stands for, or -1. */
    private static int entity(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, -1);
        }
        boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
        try {
            int codePoint = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            return Character.isValidCodePoint(codePoint) ? codePoint : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Where the tag or comment that begins at {@code at} ends, or {@code at} when none does. */
    static int tagEnd(String text, int at) {
        if (text.charAt(at) != '<' || at + 1 >= text.length()) {
            return at;
        }
        char first = text.charAt(at + 1);
        boolean letter = first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z';
        if (!letter && first != '/' && first != '!') {
            return at;
        }
        int last = Math.min(text.length(), at + LONGEST_TAG);
        for (int i = at + 1; i < last && text.charAt(i) != '<'; i++) {
            if (text.charAt(i) == '>') {
                return i + 1;
            }
        }
        return at;
    }

    /** {@code text} with a space for each tag, and with what entities stand for. */
    static String text(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int next = tagEnd(text, at);
            if (next > at) {
                plain.append(' ');
                at = next;
            } else {
                CodePoint read = decoded(text, at);
                plain.appendCodePoint(read.codePoint());
                at = read.end();
            }
        }
        return plain.toString();
    }
}
