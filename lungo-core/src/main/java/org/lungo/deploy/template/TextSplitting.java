package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Methods of Python's {@code str} that cut a text into parts. */
final class TextSplitting {
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private TextSplitting() {}

    static void addTo(Functions<String> methods) {
        methods.with("split", "sep maxsplit", (text, a) -> split(text, a, false))
                .with("rsplit", "sep maxsplit", (text, a) -> split(text, a, true))
                .with("splitlines", "keepends", (text, a) -> lines(text, a.flag("keepends", false), a.budget()))
                .with("partition", "sep", (text, a) -> partition(text, a.text("sep"), true))
                .with("rpartition", "sep", (text, a) -> partition(text, a.text("sep"), false));
    }

    private static List<Object> split(String text, Arguments arguments, boolean fromEnd) {
        arguments.budget().characters(text.length());
        long maxSplits = arguments.whole("maxsplit", -1);
        long cuts = maxSplits < 0 ? Long.MAX_VALUE : maxSplits;
        if (!arguments.has("sep")) {
            return words(text, cuts, fromEnd);
        }
        String separator = arguments.text("sep");
        if (separator.isEmpty()) {
            throw new TemplateException("split takes a separator that is not empty. Received: an empty text");
        }
        return fromEnd ? splitFromEnd(text, separator, cuts) : split(text, separator, cuts);
    }

    private static List<Object> split(String text, String separator, long cuts) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int at = Search.first(text, separator, 0);
        while (at >= 0 && parts.size() < cuts) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = Search.first(text, separator, from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<Object> splitFromEnd(String text, String separator, long cuts) {
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        while (parts.size() < cuts) {
            int at = Search.last(text, separator, to - separator.length());
            if (at < 0) {
                break;
            }
            parts.add(text.substring(at + separator.length(), to));
            to = at;
        }
        parts.add(text.substring(0, to));
        Collections.reverse(parts);
        return parts;
    }

    /** Parts between blanks; the last one, or the first from the end, keeps the blanks inside it. */
    private static List<Object> words(String text, long cuts, boolean fromEnd) {
        List<Object> words = new ArrayList<>();
        int start = skip(text, 0, text.length(), 1, true);
        int end = skip(text, text.length() - 1, start - 1, -1, true) + 1;
        while (start < end && words.size() < cuts) {
            int cut = fromEnd ? skip(text, end - 1, start - 1, -1, false) + 1 : skip(text, start, end, 1, false);
            words.add(fromEnd ? text.substring(cut, end) : text.substring(start, cut));
            start = fromEnd ? start : skip(text, cut, end, 1, true);
            end = fromEnd ? skip(text, cut - 1, start - 1, -1, true) + 1 : end;
        }
        if (start < end) {
            words.add(rest(text, start, end, fromEnd));
        }
        if (fromEnd) {
            Collections.reverse(words);
        }
        return words;
    }

    /** What is left when there are no more cuts, with the blanks at the far side. */
    private static String rest(String text, int start, int end, boolean fromEnd) {
        return fromEnd ? text.substring(0, end) : text.substring(start);
    }

    /** The first place from {@code from} towards {@code to} whose character is a blank or not, as asked. */
    private static int skip(String text, int from, int to, int step, boolean blanks) {
        int place = from;
        while (place != to && Characters.isSpace(text.charAt(place)) == blanks) {
            place += step;
        }
        return place;
    }

    static List<Object> lines(String text, boolean keepsEnds, Budget budget) {
        budget.characters(text.length());
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (LINE_ENDS.indexOf(text.charAt(i)) < 0) {
                continue;
            }
            int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
            lines.add(text.substring(from, keepsEnds ? end : i));
            from = end;
            i = end - 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static TupleValue partition(String text, String separator, boolean first) {
        if (separator.isEmpty()) {
            throw new TemplateException("partition takes a separator that is not empty. Received: an empty text");
        }
        int at = first ? Search.first(text, separator, 0) : Search.last(text, separator, text.length());
        if (at < 0) {
            return first ? TupleValue.of(text, "", "") : TupleValue.of("", "", text);
        }
        return TupleValue.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
