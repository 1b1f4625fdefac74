package org.lungo.experiment;

/** The first words of a user's text, few enough for a command that is shown as an example. */
public final class FirstWords {
    private static final int WORDS = 5;
    private static final int CHARACTERS = 40;

    /** Writing without spaces, such as Chinese, is cut here. */
    private static final int OF_ONE_WORD = 12;

    private FirstWords() {}

    /** The first words of {@code text}, on one line; an empty text if it has none. */
    public static String of(String text) {
        StringBuilder first = new StringBuilder();
        String[] words = text.strip().split("[\\s\\p{Cntrl}\\uFFFD]+");
        for (int i = 0; i < Math.min(WORDS, words.length); i++) {
            String word = words[i].codePointCount(0, words[i].length()) > CHARACTERS
                    ? words[i].substring(0, words[i].offsetByCodePoints(0, OF_ONE_WORD))
                    : words[i];
            if (first.length() + word.length() > CHARACTERS) {
                break;
            }
            first.append(first.isEmpty() ? "" : " ").append(word);
        }
        return first.toString();
    }

    /**
     * The first words of a piece that was cut out of a text: those of its second line, else those after its first word, both
     * of which may be cut.
     */
    public static String within(String piece) {
        int end = piece.indexOf('\n');
        String line = end < 0
                ? ""
                : of(piece.substring(end).strip().lines().findFirst().orElse(""));
        return line.contains(" ") ? line : of(piece.replaceFirst("^\\S+\\s+", ""));
    }
}
