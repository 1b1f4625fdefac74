package org.lungo.deploy.template;

/** Python's {@code str.format}, for fields of the forms <code>{}</code>, <code>{0}</code> and <code>{name}</code>. */
final class BraceFormat {
    private final Arguments values;
    private int used;

    private BraceFormat(Arguments values) {
        this.values = values;
    }

    static String of(String format, Arguments values) {
        return new BraceFormat(values).run(format);
    }

    private String run(String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean brace = c == '{' || c == '}';
            if (!brace) {
                text.append(c);
            } else if (i + 1 < format.length() && format.charAt(i + 1) == c) {
                text.append(c);
                i++;
            } else {
                int end = format.indexOf('}', i);
                String field = c == '{' && end > i ? format.substring(i + 1, end) : "}";
                String part = Display.text(value(field), values.budget());
                values.budget().characters((long) text.length() + part.length(), part.length());
                text.append(part);
                i = end;
            }
        }
        return values.budget().text(text);
    }

    private Object value(String field) {
        boolean place = field.isEmpty() || field.matches("\\d{1,6}");
        int index = !place ? 0 : field.isEmpty() ? used++ : Integer.parseInt(field);
        if (place && index < values.positional().size()) {
            return values.positional().get(index);
        }
        Object named = values.named().get(field);
        if (named == null) {
            throw new TemplateException(
                    "a field {}, {0} or {name} with a value was expected. Received: {" + field + "}");
        }
        return named;
    }
}
