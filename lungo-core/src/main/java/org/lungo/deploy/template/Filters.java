package org.lungo.deploy.template;

import java.util.Set;

/** The filters of Jinja2, by name. */
final class Filters {
    private static final Functions<Object> ALL = all();

    /** Filters that ask whether a text is HTML, or give something else than a text that was changed. */
    private static final Set<String> OWN_HTML =
            Set.of("e", "escape", "safe", "forceescape", "string", "tojson", "join", "first", "last", "default", "d");

    private Filters() {}

    private static Functions<Object> all() {
        Functions<Object> filters = new Functions<>("filter");
        TextFilters.addTo(filters);
        NumberFilters.addTo(filters);
        SequenceFilters.addTo(filters);
        ChoiceFilters.addTo(filters);
        return filters;
    }

    static boolean has(String name) {
        return ALL.has(name);
    }

    /** {@code value} through the filter {@code name}; a text that comes from HTML stays HTML. */
    static Object apply(String name, Object value, Arguments arguments) {
        if (value instanceof Markup markup && !OWN_HTML.contains(name)) {
            Object result = ALL.call(name, markup.text(), arguments);
            return result instanceof String text ? new Markup(text) : result;
        }
        return ALL.call(name, value, arguments);
    }
}
