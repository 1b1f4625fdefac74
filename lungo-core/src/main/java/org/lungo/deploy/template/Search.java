package org.lungo.deploy.template;

/** Finds a text in another in time that grows with their lengths, not with the product of them. */
final class Search {
    /** Up to this length the JDK's search is fast enough in the worst case, too. */
    private static final int SHORT = 64;

    private Search() {}

    /** Where {@code sought} begins first, at {@code from} or behind it, or -1. */
    static int first(String text, String sought, int from) {
        return sought.length() <= SHORT ? text.indexOf(sought, from) : knuthMorrisPratt(text, sought, from);
    }

    /** Where {@code sought} begins last, at {@code from} or before it, or -1. */
    static int last(String text, String sought, int from) {
        if (sought.length() <= SHORT) {
            return text.lastIndexOf(sought, from);
        }
        int end = Math.min(text.length(), from + sought.length());
        String reversed =
                new StringBuilder(text.substring(0, Math.max(0, end))).reverse().toString();
        int at = knuthMorrisPratt(reversed, new StringBuilder(sought).reverse().toString(), 0);
        return at < 0 ? -1 : end - at - sought.length();
    }

    /** Knuth, Morris, Pratt (1977): Fast Pattern Matching in Strings. */
    private static int knuthMorrisPratt(String text, String sought, int from) {
        int[] borders = borders(sought);
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != sought.charAt(matched)) {
                matched = borders[matched - 1];
            }
            matched += text.charAt(i) == sought.charAt(matched) ? 1 : 0;
            if (matched == sought.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** For each start of {@code sought} the length of its longest proper start that also ends it. */
    private static int[] borders(String sought) {
        int[] borders = new int[sought.length()];
        int length = 0;
        for (int i = 1; i < sought.length(); i++) {
            while (length > 0 && sought.charAt(i) != sought.charAt(length)) {
                length = borders[length - 1];
            }
            length += sought.charAt(i) == sought.charAt(length) ? 1 : 0;
            borders[i] = length;
        }
        return borders;
    }
}
