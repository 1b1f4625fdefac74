package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of value that a template knows: which Java's objects become, what they are called, which count as true. */
final class Kinds {
    private static final int DEPTH = 500;

    private Kinds() {}

    /**
     * A value that comes from outside.
     *
     * @throws IllegalArgumentException when it is of no kind that a template knows
     */
    static Object of(@Nullable Object value) {
        return of(value, 0);
    }

    private static Object of(@Nullable Object value, int depth) {
        if (depth > DEPTH) {
            throw new IllegalArgumentException(
                    "values of a template may nest " + DEPTH + " deep. Received: one that nests deeper");
        }
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(of(key, depth + 1), of(item, depth + 1)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(of(item, depth + 1)));
            return copy;
        }
        if (name(value).isEmpty()) {
            throw new IllegalArgumentException("a template's values are maps, lists, texts, numbers, booleans, null and"
                    + " functions. Received: " + value.getClass().getName());
        }
        return value;
    }

    /** Python's name of the kind, which authors of templates know; empty for an object of no kind. */
    static String name(Object value) {
        if (value instanceof String || value instanceof Markup) {
            return "str";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof TupleValue) {
            return "tuple";
        }
        return value instanceof Number || value instanceof Boolean ? numberName(value) : otherName(value);
    }

    private static String numberName(Object value) {
        return value instanceof Boolean
                ? "bool"
                : value instanceof Long ? "int" : value instanceof Double ? "float" : "";
    }

    private static String otherName(Object value) {
        if (value instanceof Undefined undefined) {
            return undefined.what() + ", which is not defined";
        }
        if (value instanceof MapView view) {
            return view.name();
        }
        if (value instanceof LoopState) {
            return "loop";
        }
        if (value instanceof TemplateFunction) {
            return "function";
        }
        return value == None.NONE
                ? "None"
                : value instanceof Lazy ? "generator" : value instanceof Namespace ? "namespace" : "";
    }

    static boolean isTrue(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (Markup.plain(value) instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        List<Object> items = Iteration.stored(value);
        return items != null ? !items.isEmpty() : value != None.NONE && !(value instanceof Undefined);
    }
}
