package org.lungo.deploy.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call. */
public final class Arguments {
    private final List<Object> positional;
    private final Map<String, Object> named;
    private final Budget budget;

    /**
     * Both in order.
     *
     * @param positional values without a name
     * @param budget what the rendering may still cost
     */
    Arguments(List<Object> positional, Map<String, Object> named, Budget budget) {
        this.positional = positional;
        this.named = named;
        this.budget = budget;
    }

    static Arguments none(Budget budget) {
        return new Arguments(List.of(), Map.of(), budget);
    }

    List<Object> positional() {
        return positional;
    }

    Map<String, Object> named() {
        return named;
    }

    Budget budget() {
        return budget;
    }

    /** These arguments without the first {@code count}. */
    Arguments from(int count) {
        return new Arguments(positional.subList(count, positional.size()), named, budget);
    }

    /**
     * The text that is the only argument of {@code function}.
     *
     * @throws TemplateException when there is another number of arguments
     */
    public String single(String function) {
        if (positional.size() != 1 || !named.isEmpty()) {
            throw new TemplateException(
                    function + " takes one argument. Received: " + (positional.size() + named.size()) + " arguments");
        }
        return Display.text(positional.get(0), budget);
    }

    /** These arguments, each by the name of its parameter. */
    Arguments bind(String function, List<String> parameters) {
        if (positional.size() > parameters.size()) {
            throw new TemplateException(
                    function + " takes at most " + parameters.size() + " arguments. Received: " + positional.size());
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            bound.put(parameters.get(i), positional.get(i));
        }
        named.forEach((name, value) -> {
            if (!parameters.contains(name) || bound.put(name, value) != null) {
                throw new TemplateException(function + " takes " + parameters + ", each once. Received: " + name + "=");
            }
        });
        return new Arguments(List.of(), bound, budget);
    }

    boolean has(String name) {
        return named.containsKey(name) && named.get(name) != None.NONE;
    }

    Object value(String name) {
        Object value = named.get(name);
        if (value == null) {
            throw new TemplateException("an argument " + name + " was expected. Received: none");
        }
        return value;
    }

    Object value(String name, Object fallback) {
        return named.getOrDefault(name, fallback);
    }

    String text(String name) {
        if (Markup.plain(value(name)) instanceof String text) {
            return text;
        }
        throw new TemplateException(name + " must be a text. Received: " + Kinds.name(value(name)));
    }

    String text(String name, String fallback) {
        return has(name) ? text(name) : fallback;
    }

    long whole(String name, long fallback) {
        if (!has(name)) {
            return fallback;
        }
        return Numbers.whole(value(name), name);
    }

    /** Like {@link #whole(String, long)}, for lengths: never so large that sums of them overflow. */
    int size(String name, int fallback) {
        return (int) Math.max(-Budget.CHARACTERS - 1, Math.min(Budget.CHARACTERS + 1, whole(name, fallback)));
    }

    boolean flag(String name, boolean fallback) {
        return named.containsKey(name) ? Kinds.isTrue(value(name)) : fallback;
    }
}
