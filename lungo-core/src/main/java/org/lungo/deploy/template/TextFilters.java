package org.lungo.deploy.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Filters that give texts. */
final class TextFilters {
    private static final Pattern WORD =
            Pattern.compile("[^-\\s({\\[<]+|[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern COUNTED = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private TextFilters() {}

    static void addTo(Functions<Object> filters) {
        addCase(filters);
        addLayout(filters);
        filters.with("string", "", (value, a) -> value instanceof Markup ? value : Display.text(value, a.budget()))
                .with("tojson", "ensure_ascii indent separators sort_keys", JsonText::of)
                .with("escape", "", (value, a) -> Markup.escape(value, a.budget()))
                .alias("e", "escape")
                .with("forceescape", "", (value, a) -> Markup.escape(Markup.plain(value), a.budget()))
                .with("safe", "", (value, a) -> new Markup(text(value, a)))
                .with("format", "*", (value, a) -> PercentFormat.of(text(value, a), values(a), a.budget()))
                .with(
                        "replace",
                        "old new count",
                        (value, a) -> TextSearch.replace(
                                text(value, a), text(a.value("old"), a), text(a.value("new"), a), a));
    }

    private static void addCase(Functions<Object> filters) {
        filters.with("upper", "", (value, a) -> a.budget().text(Characters.upper(text(value, a))))
                .with("lower", "", (value, a) -> a.budget().text(Characters.lower(text(value, a))))
                .with("capitalize", "", (value, a) -> a.budget().text(Characters.capitalize(text(value, a))))
                .with("title", "", (value, a) -> title(text(value, a), a.budget()));
    }

    private static void addLayout(Functions<Object> filters) {
        filters.with("trim", "chars", (value, a) -> TextMethods.strip(text(value, a), a, true, true))
                .with(
                        "center",
                        "width",
                        (value, a) -> TextMethods.center(
                                text(value, a),
                                new Arguments(List.of(), Map.of("width", a.whole("width", 80)), a.budget())))
                .with("indent", "width first blank", TextFilters::indent)
                .with("truncate", "length killwords end leeway", TextFilters::truncate)
                .with(
                        "wordcount",
                        "",
                        (value, a) -> COUNTED.matcher(text(value, a)).results().count());
    }

    private static String text(Object value, Arguments arguments) {
        return Display.text(value, arguments.budget());
    }

    private static String only(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateException("a text was expected. Received: " + Kinds.name(value));
    }

    private static Object values(Arguments arguments) {
        if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
            throw new TemplateException("format takes values or named values. Received: both");
        }
        return arguments.named().isEmpty()
                ? new TupleValue(arguments.positional())
                : new LinkedHashMap<Object, Object>(arguments.named());
    }

    /** Words begin behind blanks, hyphens and opening brackets, unlike those of Python's {@code str.title}. */
    private static String title(String text, Budget budget) {
        StringBuilder title = new StringBuilder(text.length());
        WORD.matcher(text).results().map(MatchResult::group).forEach(word -> {
            int first = Character.charCount(word.codePointAt(0));
            title.append(Characters.upper(word.substring(0, first))).append(Characters.lower(word.substring(first)));
        });
        return budget.text(title);
    }

    private static Object indent(Object value, Arguments arguments) {
        Object width = Markup.plain(arguments.value("width", 4L));
        String blanks = width instanceof String text ? text : " ".repeat(Math.max(0, arguments.size("width", 4)));
        boolean blank = arguments.flag("blank", false);
        StringBuilder indented = new StringBuilder();
        String separator = arguments.flag("first", false) ? blanks : "";
        boolean first = true;
        for (Object line : TextSplitting.lines(only(value) + "\n", false, arguments.budget())) {
            String start = first ? separator : "\n" + (blank || !line.equals("") ? blanks : "");
            arguments.budget().characters((long) indented.length() + start.length(), start.length());
            indented.append(start).append(line);
            first = false;
        }
        return arguments.budget().text(indented);
    }

    private static Object truncate(Object value, Arguments arguments) {
        String text = only(value);
        String end = arguments.text("end", "...");
        int length = arguments.size("length", 255);
        int kept = length - Characters.length(end);
        if (kept < 0) {
            throw new TemplateException("truncate takes a length of at least that of its end. Received: " + length);
        }
        if (Characters.length(text) <= length + arguments.whole("leeway", 5)) {
            return text;
        }
        String cut = text.substring(0, Characters.index(text, kept));
        int blank = cut.lastIndexOf(' ');
        return (arguments.flag("killwords", false) || blank < 0 ? cut : cut.substring(0, blank)) + end;
    }
}
