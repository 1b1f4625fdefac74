package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;

/** Values as texts: Python's {@code str} for what a template prints, and {@code repr} for what stands in a list. */
final class Display {
    private final Budget budget;
    private final StringBuilder text = new StringBuilder();

    private Display(Budget budget) {
        this.budget = budget;
    }

    static String text(Object value, Budget budget) {
        Object plain = Markup.plain(value);
        if (plain instanceof String text) {
            return text;
        }
        return plain instanceof Undefined ? "" : repr(value, budget);
    }

    static String repr(Object value, Budget budget) {
        Display display = new Display(budget);
        display.append(value);
        return display.text.toString();
    }

    /** The texts of {@code values} with {@code separator} between. */
    static String joined(List<Object> values, String separator, Budget budget) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String part = text(values.get(i), budget);
            String between = i == 0 ? "" : separator;
            int added = between.length() + part.length();
            budget.characters((long) joined.length() + added, added);
            joined.append(between).append(part);
        }
        return joined.toString();
    }

    private void append(Object value) {
        budget.enter();
        int before = text.length();
        if (value instanceof String string) {
            quote(string);
        } else if (value instanceof Markup markup) {
            text.append("Markup(");
            quote(markup.text());
            text.append(')');
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            items("[", list, "]");
        } else if (value instanceof TupleValue tuple) {
            items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof MapView view) {
            items(view.name() + "([", view.items(), "])");
        } else {
            text.append(single(value));
        }
        budget.characters(text.length(), text.length() - before);
        budget.leave();
    }

    private static String single(Object value) {
        if (value instanceof Double number) {
            return NumberText.of(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value == None.NONE) {
            return "None";
        }
        if (value instanceof Undefined) {
            return "Undefined";
        }
        if (value instanceof Long) {
            return value.toString();
        }
        throw new TemplateException("a value that can be written was expected. Received: " + Kinds.name(value)
                + (value instanceof Lazy ? "; add | list or | join" : ""));
    }

    private void items(String begin, List<?> items, String end) {
        text.append(begin);
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            append(items.get(i));
        }
        text.append(end);
    }

    private void map(Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(entry.getKey());
            text.append(": ");
            append(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private void quote(String string) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append(quote);
        string.codePoints().forEach(code -> character(code, quote));
        text.append(quote);
    }

    private void character(int code, char quote) {
        int escape = "\n\r\t".indexOf(code);
        if (escape >= 0) {
            text.append('\\').append("nrt".charAt(escape));
        } else if (code == quote || code == '\\') {
            text.append('\\').appendCodePoint(code);
        } else if (Characters.isPrintable(code)) {
            text.appendCodePoint(code);
        } else {
            text.append(String.format(code < 0x100 ? "\\x%02x" : code < 0x10000 ? "\\u%04x" : "\\U%08x", code));
        }
    }
}
