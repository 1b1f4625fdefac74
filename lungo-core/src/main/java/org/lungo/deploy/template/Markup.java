package org.lungo.deploy.template;

/** A text that {@code safe} or {@code escape} marked as HTML: what {@code +} adds to it is escaped. */
record Markup(String text) {
    /** {@code value} as HTML, escaped unless it is so already. */
    static Markup escape(Object value, Budget budget) {
        if (value instanceof Markup markup) {
            return markup;
        }
        String text = Display.text(value, budget);
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\'' -> escaped.append("&#39;");
                case '"' -> escaped.append("&#34;");
                default -> escaped.append(c);
            }
        }
        return new Markup(budget.text(escaped));
    }

    /** Two texts of which one is HTML, as HTML. */
    static Markup add(Object left, Object right, Budget budget) {
        return new Markup(budget.text(escape(left, budget).text + escape(right, budget).text));
    }

    /** {@code value} with a Markup replaced by its text. */
    static Object plain(Object value) {
        return value instanceof Markup markup ? markup.text : value;
    }
}
