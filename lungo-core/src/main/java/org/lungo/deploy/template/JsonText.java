package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it: transformers' filter {@code tojson}. */
final class JsonText {
    private final Budget budget;
    private final boolean ascii;
    private final boolean sorted;
    private final String indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final StringBuilder text = new StringBuilder();

    private JsonText(Arguments options) {
        this.budget = options.budget();
        this.ascii = options.flag("ensure_ascii", false);
        this.sorted = options.flag("sort_keys", false);
        this.indent = indent(options);
        List<Object> separators = options.has("separators")
                ? Iteration.items(options.value("separators"), budget)
                : List.of(indent.isEmpty() ? ", " : ",", ": ");
        if (separators.size() != 2) {
            throw new TemplateException("separators must be two texts. Received: " + separators.size());
        }
        this.itemSeparator = Display.text(separators.get(0), budget);
        this.keySeparator = Display.text(separators.get(1), budget);
    }

    /** {@code value} with the options {@code ensure_ascii}, {@code indent}, {@code separators}, {@code sort_keys}. */
    static String of(Object value, Arguments options) {
        JsonText json = new JsonText(options);
        json.append(value, "\n");
        return json.text.toString();
    }

    /** What stands at each level: a line end alone for 0 blanks, nothing without indentation. */
    private static String indent(Arguments options) {
        if (!options.has("indent")) {
            return "";
        }
        Object indent = Markup.plain(options.value("indent"));
        return "\n" + (indent instanceof String text ? text : " ".repeat(Math.max(0, options.size("indent", 0))));
    }

    private void append(Object value, String line) {
        budget.enter();
        int before = text.length();
        List<Object> items = value instanceof MapView ? null : Iteration.stored(value);
        if (Markup.plain(value) instanceof String string) {
            quote(string);
        } else if (value instanceof Map<?, ?> map) {
            map(map, line);
        } else if (items != null) {
            list(items, line);
        } else {
            text.append(single(value));
        }
        budget.characters(text.length(), text.length() - before);
        budget.leave();
    }

    private static String single(Object value) {
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value == None.NONE) {
            return "null";
        }
        if (value instanceof Double number) {
            return Double.isNaN(number) ? "NaN" : NumberText.of(number).replace("inf", "Infinity");
        }
        throw new TemplateException("a value that JSON can hold was expected. Received: " + Kinds.name(value)
                + (value instanceof Lazy ? "; add | list before" : ""));
    }

    private void list(List<Object> items, String line) {
        text.append('[');
        for (int i = 0; i < items.size(); i++) {
            separate(i, deeper(line));
            append(items.get(i), deeper(line));
        }
        close(items.isEmpty(), line, ']');
    }

    private void map(Map<?, ?> map, String line) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (sorted) {
            entries.sort((a, b) -> Equality.compare(a.getKey(), b.getKey(), budget));
        }
        text.append('{');
        for (int i = 0; i < entries.size(); i++) {
            separate(i, deeper(line));
            Object key = entries.get(i).getKey();
            quote(key instanceof String name ? name : single(key));
            text.append(keySeparator);
            append(entries.get(i).getValue(), deeper(line));
        }
        close(map.isEmpty(), line, '}');
    }

    private String deeper(String line) {
        return indent.isEmpty() ? "" : line + indent.substring(1);
    }

    private void separate(int place, String line) {
        text.append(place == 0 ? "" : itemSeparator).append(line);
        budget.characters(text.length(), line.length());
    }

    private void close(boolean empty, String line, char end) {
        text.append(empty || indent.isEmpty() ? "" : line).append(end);
    }

    private void quote(String string) {
        text.append('"');
        string.chars().forEach(c -> character((char) c));
        text.append('"');
    }

    private void character(char c) {
        int escape = "\"\\\n\r\t\b\f".indexOf(c);
        if (escape >= 0) {
            text.append('\\').append("\"\\nrtbf".charAt(escape));
        } else if (c < ' ' || ascii && c > '~') {
            text.append(String.format("\\u%04x", (int) c));
        } else {
            text.append(c);
        }
    }
}
