package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes and items of values, by Jinja2's rules: a dot asks for methods first, brackets for items. */
final class Access {
    private Access() {}

    static Object attribute(Object owner, String name) {
        if (owner instanceof Map<?, ?> map) {
            return MapMethods.ALL.has(name) ? method(MapMethods.ALL, map(owner), name) : keyed(map, name);
        }
        return other(owner, name);
    }

    static Object item(Object owner, Object key, Budget budget) {
        if (owner instanceof Map<?, ?> map) {
            Object value = get(map, key);
            boolean method = key instanceof String name && MapMethods.ALL.has(name);
            return value == null && method ? method(MapMethods.ALL, map(owner), (String) key) : keyed(map, key);
        }
        if (key instanceof String name) {
            return other(owner, name);
        }
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return key instanceof Long || key instanceof Boolean
                ? at(owner, Numbers.whole(key, "a place"), budget)
                : missing(owner, key);
    }

    private static Object keyed(Map<?, ?> map, Object key) {
        Object value = get(map, key);
        return value == null ? missing(map, key) : value;
    }

    /** What {@code name} is of a value that is no map. */
    private static Object other(Object owner, String name) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (owner instanceof String text && TextMethods.ALL.has(name)) {
            return method(TextMethods.ALL, text, name);
        }
        if (owner instanceof Markup markup && TextMethods.ALL.has(name)) {
            return TextMethods.ofMarkup(markup, name);
        }
        if (owner instanceof LoopState loop) {
            return loop.attribute(name);
        }
        if (owner instanceof Namespace namespace && namespace.values().containsKey(name)) {
            return namespace.values().get(name);
        }
        boolean list = owner instanceof List || owner instanceof TupleValue;
        return list && ListMethods.ALL.has(name) ? method(ListMethods.ALL, owner, name) : missing(owner, name);
    }

    private static <T> TemplateFunction method(Functions<T> methods, T owner, String name) {
        return arguments -> methods.call(name, owner, arguments);
    }

    private static Undefined missing(Object owner, Object key) {
        return new Undefined((key instanceof String ? "attribute " : "item ") + key + " of " + Kinds.name(owner));
    }

    private static Object at(Object owner, long place, Budget budget) {
        List<Object> stored = owner instanceof MapView ? null : Iteration.stored(owner);
        if (stored != null) {
            long index = place < 0 ? place + stored.size() : place;
            return index >= 0 && index < stored.size() ? stored.get((int) index) : missing(owner, place);
        }
        if (Markup.plain(owner) instanceof String text) {
            budget.lookThrough(text);
            int length = Characters.length(text);
            long index = place < 0 ? place + length : place;
            if (index >= 0 && index < length) {
                return Character.toString(text.codePointAt(Characters.index(text, (int) index)));
            }
        }
        return missing(owner, place);
    }

    /**
     * {@code value} as a map.
     *
     * @throws TemplateException when it is none
     */
    @SuppressWarnings("unchecked")
    static Map<Object, Object> map(Object value) {
        if (value instanceof Map) {
            return (Map<Object, Object>) value;
        }
        throw new TemplateException("a map was expected. Received: " + Kinds.name(value));
    }

    /** The value at {@code key}, or null; as in Python 1, 1.0 and True are one key. */
    static @Nullable Object get(Map<?, ?> map, Object key) {
        Object value = map.get(Markup.plain(key));
        return value == null && isNumber(key) ? map.get(stored(map, key)) : value;
    }

    /** Whether {@code map} has {@code key}, which must be one that can be in a map. */
    static boolean has(Map<?, ?> map, Object key) {
        requireKey(key);
        return get(map, key) != null;
    }

    private static void requireKey(Object key) {
        boolean plain = isNumber(key) || key == None.NONE || Markup.plain(key) instanceof String;
        if (!plain && !(key instanceof Undefined)) {
            throw new TemplateException(
                    "a key must be a text, a number, a boolean or None. Received: " + Kinds.name(key));
        }
    }

    /** Puts {@code value} to a key that can be one. */
    static void put(Map<Object, Object> map, Object key, Object value) {
        requireKey(key);
        map.put(isNumber(key) ? stored(map, key) : Markup.plain(key), value);
    }

    private static boolean isNumber(Object key) {
        return key instanceof Number || key instanceof Boolean;
    }

    /** The form in which the map has a number that is equal to {@code key}, else {@code key}. */
    private static Object stored(Map<?, ?> map, Object key) {
        for (Object form : List.of(
                key,
                Numbers.asDouble(key),
                (long) Numbers.asDouble(key),
                Numbers.asDouble(key) == 1,
                Numbers.asDouble(key) != 0)) {
            if (map.containsKey(form) && Numbers.asDouble(form) == Numbers.asDouble(key)) {
                return form;
            }
        }
        return key;
    }
}
