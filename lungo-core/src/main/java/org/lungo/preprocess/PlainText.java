package org.lungo.preprocess;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * A text without what is no text: control characters, bytes that could not be decoded, HTML tags with the content of scripts and
 * styles, white space at its ends and at those of its lines. Lines end with a line feed; a tag that divides, such as
 * {@code <p>} or {@code <br>}, becomes the end of a line.
 *
 * @param unicode the form of Unicode
 * @param html whether tags are left out and entities become what they stand for
 */
public record PlainText(TextPreprocessor.Form unicode, boolean html) {
    private static final Set<String> DIVIDING =
            Set.of("p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr");
    private static final Set<String> SILENT = Set.of("script", "style");
    private static final int JOINER = 0x200D;
    private static final int NON_JOINER = 0x200C;
    private static final int UNDECODABLE = 0xFFFD;

    /** The plain text of {@code text}. */
    public String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int next = html ? Html.tagEnd(text, at) : at;
            if (next > at) {
                String name = name(text, at);
                if (DIVIDING.contains(name)) {
                    line(plain);
                }
                at = SILENT.contains(name) && text.charAt(at + 1) != '/' ? behind(name, text, next) : next;
                continue;
            }
            Html.CodePoint read = html ? Html.decoded(text, at) : Html.plain(text, at);
            add(plain, read.codePoint(), read.end() < text.length() ? text.charAt(read.end()) : 0);
            at = read.end();
        }
        String lines = withoutEnds(plain);
        return switch (unicode) {
            case NONE -> lines;
            case NFC -> Normalizer.normalize(lines, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(lines, Normalizer.Form.NFKC);
        };
    }

    /** The name of the tag that begins at {@code at}, in small letters. */
    private static String name(String text, int at) {
        int start = text.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    /** Where the text continues after the content of a tag; after the tag when nothing closes it. */
    private static int behind(String name, String text, int from) {
        for (int at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2)) {
            if (text.regionMatches(true, at + 2, name, 0, name.length())) {
                return Math.max(at + 2, Html.tagEnd(text, at));
            }
        }
        return from;
    }

    private static void line(StringBuilder plain) {
        if (plain.length() > 0 && plain.charAt(plain.length() - 1) != '\n') {
            plain.append('\n');
        }
    }

    private static void add(StringBuilder plain, int codePoint, int next) {
        if (codePoint == '\r') {
            if (next != '\n') {
                plain.append('\n');
            }
        } else if (codePoint == '\n'
                || codePoint == '\t'
                || codePoint == JOINER
                || codePoint == NON_JOINER
                || isText(codePoint)) {
            plain.appendCodePoint(codePoint);
        }
    }

    private static boolean isText(int codePoint) {
        if (codePoint < 127) {
            return codePoint >= ' ';
        }
        return codePoint != UNDECODABLE
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }

    private static String withoutEnds(StringBuilder plain) {
        StringBuilder lines = new StringBuilder(plain.length());
        int from = 0;
        while (from < plain.length()) {
            int end = plain.indexOf("\n", from);
            int last = end < 0 ? plain.length() : end;
            int stop = last;
            while (stop > from && Character.isWhitespace(plain.charAt(stop - 1))) {
                stop--;
            }
            lines.append(plain, from, stop).append('\n');
            from = last + 1;
        }
        return lines.toString().strip();
    }
}
