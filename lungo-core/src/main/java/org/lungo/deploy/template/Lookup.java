package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What filters with {@code attribute=} look at: the item itself, or what a path such as {@code function.name} leads to.
 *
 * @param path texts and places; empty for the item itself
 * @param fallback what stands for an attribute that is not there
 */
record Lookup(List<Object> path, @Nullable Object fallback, Budget budget) {
    /** By the argument {@code attribute}, if it is there. */
    static Lookup of(Arguments arguments) {
        return of(arguments.value("attribute", None.NONE), null, arguments.budget());
    }

    static Lookup of(Object attribute, @Nullable Object fallback, Budget budget) {
        if (attribute == None.NONE) {
            return new Lookup(List.of(), fallback, budget);
        }
        if (!(attribute instanceof String name)) {
            return new Lookup(List.of(attribute), fallback, budget);
        }
        List<Object> path = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            path.add(part.matches("\\d{1,9}") ? (Object) Long.valueOf(part) : part);
        }
        return new Lookup(path, fallback, budget);
    }

    /** One for each of the names that {@code attribute} lists with commas between. */
    static List<Lookup> several(Arguments arguments) {
        Object attribute = arguments.value("attribute", None.NONE);
        if (!(attribute instanceof String names)) {
            return List.of(of(arguments));
        }
        List<Lookup> all = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            all.add(of(name, null, arguments.budget()));
        }
        return all;
    }

    Object of(Object item) {
        Object value = item;
        for (Object part : path) {
            value = Access.item(value, part, budget);
            if (fallback != null && value instanceof Undefined) {
                value = fallback;
            }
        }
        return value;
    }
}
