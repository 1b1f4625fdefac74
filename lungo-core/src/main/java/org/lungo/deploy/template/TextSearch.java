package org.lungo.deploy.template;

import java.util.List;
import java.util.function.BiPredicate;

/** Methods of Python's {@code str} that look for a text in another, replace it, or join texts. */
final class TextSearch {
    private TextSearch() {}

    static void addTo(Functions<String> methods) {
        methods.with("startswith", "prefix start end", (text, a) -> any(part(text, a), a, "prefix", String::startsWith))
                .with("endswith", "suffix start end", (text, a) -> any(part(text, a), a, "suffix", String::endsWith))
                .with("find", "sub start end", (text, a) -> find(text, a, false))
                .with("rfind", "sub start end", (text, a) -> find(text, a, true))
                .with("index", "sub start end", (text, a) -> found(find(text, a, false), a))
                .with("rindex", "sub start end", (text, a) -> found(find(text, a, true), a))
                .with("count", "sub start end", (text, a) -> count(part(text, a), a.text("sub")))
                .with("replace", "old new count", (text, a) -> replace(text, a.text("old"), a.text("new"), a))
                .with(
                        "removeprefix",
                        "prefix",
                        (text, a) -> text.startsWith(a.text("prefix"))
                                ? text.substring(a.text("prefix").length())
                                : text)
                .with(
                        "removesuffix",
                        "suffix",
                        (text, a) -> text.endsWith(a.text("suffix"))
                                ? text.substring(
                                        0, text.length() - a.text("suffix").length())
                                : text)
                .with("join", "iterable", (text, a) -> join(text, a));
    }

    /** The part of {@code text} between the arguments {@code start} and {@code end}. */
    private static String part(String text, Arguments arguments) {
        arguments.budget().characters(text.length());
        if (!arguments.has("start") && !arguments.has("end")) {
            return text;
        }
        Slicing slicing =
                new Slicing(arguments.value("start", None.NONE), arguments.value("end", None.NONE), None.NONE);
        return String.valueOf(slicing.of(text, arguments.budget()));
    }

    /** Whether one of the texts of a tuple, or the one text, fits. */
    private static boolean any(String text, Arguments arguments, String name, BiPredicate<String, String> fits) {
        if (arguments.value(name) instanceof TupleValue tuple) {
            return tuple.items().stream().anyMatch(each -> each instanceof String one && fits.test(text, one));
        }
        return fits.test(text, arguments.text(name));
    }

    private static long find(String text, Arguments arguments, boolean last) {
        String part = part(text, arguments);
        String sought = arguments.text("sub");
        int at = last ? Search.last(part, sought, part.length()) : Search.first(part, sought, 0);
        if (at < 0) {
            return -1;
        }
        long start = arguments.whole("start", 0);
        int length = Characters.length(text);
        return Characters.place(part, at) + Math.max(0, start < 0 ? start + length : Math.min(start, length));
    }

    private static long found(long place, Arguments arguments) {
        if (place < 0) {
            throw new TemplateException(
                    "a text that contains " + arguments.text("sub") + " was expected. Received: one without it");
        }
        return place;
    }

    private static long count(String text, String sought) {
        if (sought.isEmpty()) {
            return Characters.length(text) + 1L;
        }
        long count = 0;
        for (int at = Search.first(text, sought, 0); at >= 0; at = Search.first(text, sought, at + sought.length())) {
            count++;
        }
        return count;
    }

    /** {@code old} replaced by {@code now}, as often as the argument {@code count} says. */
    static String replace(String text, String old, String now, Arguments arguments) {
        long asked = arguments.whole("count", -1);
        long times = Math.min(count(text, old), asked < 0 ? Long.MAX_VALUE : asked);
        arguments.budget().characters(text.length() + times * Math.max(0, now.length() - old.length()));
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (long i = 0; i < times; i++) {
            int step = old.isEmpty() && i > 0 ? Character.charCount(text.codePointAt(from)) : 0;
            int at = old.isEmpty() ? from + step : Search.first(text, old, from);
            result.append(text, from, at).append(now);
            from = at + old.length();
        }
        return result.append(text, from, text.length()).toString();
    }

    private static Object join(String separator, Arguments arguments) {
        List<Object> items = Iteration.items(arguments.value("iterable"), arguments.budget());
        for (Object item : items) {
            if (!(Markup.plain(item) instanceof String)) {
                throw new TemplateException("join takes texts. Received: " + Kinds.name(item));
            }
        }
        return Display.joined(items, separator, arguments.budget());
    }
}
