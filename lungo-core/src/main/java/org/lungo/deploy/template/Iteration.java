package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of a value. */
final class Iteration {
    private Iteration() {}

    /** The items of a list, a tuple or a view, which have a length; null for other values. */
    @SuppressWarnings("unchecked")
    static @Nullable List<Object> stored(Object value) {
        if (value instanceof List) {
            return (List<Object>) value;
        }
        if (value instanceof TupleValue tuple) {
            return tuple.items();
        }
        return value instanceof MapView view ? view.items() : null;
    }

    static boolean isIterable(Object value) {
        return stored(value) != null
                || value instanceof Map
                || value instanceof Lazy
                || value instanceof LoopState
                || value instanceof Undefined
                || Markup.plain(value) instanceof String;
    }

    /** What {@code for} goes through: items, keys of a map, characters of a text. */
    static List<Object> items(Object value, Budget budget) {
        List<Object> stored = stored(value);
        if (stored != null) {
            return counted(stored, budget);
        }
        if (Markup.plain(value) instanceof String text) {
            return Characters.each(text, budget);
        }
        if (value instanceof Map<?, ?> map) {
            return counted(new ArrayList<>(map.keySet()), budget);
        }
        if (value instanceof Lazy lazy) {
            return counted(lazy.take(), budget);
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new TemplateException("a list, a map or a text was expected. Received: " + Kinds.name(value));
    }

    private static List<Object> counted(List<Object> items, Budget budget) {
        budget.steps(items.size());
        return items;
    }

    static long length(Object value, Budget budget) {
        List<Object> stored = stored(value);
        if (stored != null) {
            return stored.size();
        }
        if (Markup.plain(value) instanceof String text) {
            budget.lookThrough(text);
            return Characters.length(text);
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new TemplateException("a list, a map or a text has a length. Received: " + Kinds.name(value)
                + (value instanceof Lazy ? "; add | list before" : ""));
    }
}
