package org.lungo.deploy.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of a value by name: filters, tests, or the methods of a type. */
final class Functions<T> {
    private static final String ANY = "*";

    private final String kind;
    private final Map<String, Entry<T>> entries = new HashMap<>();

    interface Body<T> {
        Object apply(T value, Arguments arguments);
    }

    private record Entry<T>(List<String> parameters, Body<T> body) {}

    /** {@code kind}: what they are, in messages. */
    Functions(String kind) {
        this.kind = kind;
    }

    /** Adds {@code name}; {@code parameters} are names with spaces between, or {@code *} for any arguments. */
    Functions<T> with(String name, String parameters, Body<T> body) {
        List<String> names = parameters.isEmpty() ? List.of() : List.of(parameters.split(" "));
        entries.put(name, new Entry<>(names, body));
        return this;
    }

    /** Adds another name of {@code name}. */
    Functions<T> alias(String other, String name) {
        Entry<T> entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("a " + kind + " was expected. Received: " + name);
        }
        entries.put(other, entry);
        return this;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Object call(String name, T value, Arguments arguments) {
        Entry<T> entry = entries.get(name);
        if (entry == null) {
            throw new TemplateException(
                    "a " + kind + " of Jinja2 was expected. Received: " + name + ", which is unknown");
        }
        boolean any = entry.parameters.contains(ANY);
        return entry.body.apply(value, any ? arguments : arguments.bind(name, entry.parameters));
    }
}
