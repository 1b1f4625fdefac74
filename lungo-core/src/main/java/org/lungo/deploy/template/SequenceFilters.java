package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters of lists and maps: their items, their order, their parts. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Functions<Object> filters) {
        filters.with("first", "", SequenceFilters::first)
                .with("last", "", SequenceFilters::last)
                .with("join", "d attribute", SequenceFilters::join)
                .with("list", "", (value, a) -> new ArrayList<>(Iteration.items(value, a.budget())))
                .with("items", "", SequenceFilters::items)
                .with("reverse", "", SequenceFilters::reverse)
                .with("sort", "reverse case_sensitive attribute", SequenceFilters::sort)
                .with("dictsort", "case_sensitive by reverse", SequenceFilters::dictsort)
                .with("unique", "case_sensitive attribute", SequenceFilters::unique)
                .with("min", "case_sensitive attribute", (value, a) -> extreme(value, a, true))
                .with("max", "case_sensitive attribute", (value, a) -> extreme(value, a, false))
                .with("batch", "linecount fill_with", SequenceFilters::batch)
                .with("slice", "slices fill_with", SequenceFilters::slice);
    }

    private static Object first(Object value, Arguments arguments) {
        if (value instanceof Lazy lazy) {
            return lazy.first();
        }
        List<Object> items = Iteration.items(value, arguments.budget());
        return items.isEmpty() ? new Undefined("the first item of an empty sequence") : items.get(0);
    }

    private static Object last(Object value, Arguments arguments) {
        if (value instanceof Lazy) {
            throw new TemplateException("last takes a list, a map or a text. Received: generator; add | list before");
        }
        List<Object> items = Iteration.items(value, arguments.budget());
        return items.isEmpty() ? new Undefined("the last item of an empty sequence") : items.get(items.size() - 1);
    }

    private static Object join(Object value, Arguments arguments) {
        Lookup lookup = Lookup.of(arguments);
        List<Object> items = Iteration.items(value, arguments.budget()).stream()
                .map(lookup::of)
                .toList();
        return Display.joined(items, Display.text(arguments.value("d", ""), arguments.budget()), arguments.budget());
    }

    private static Object items(Object value, Arguments arguments) {
        return new Lazy(
                value instanceof Undefined ? List.of() : MapMethods.pairs(Access.map(value), arguments.budget()));
    }

    private static Object reverse(Object value, Arguments arguments) {
        if (Markup.plain(value) instanceof String text) {
            return arguments.budget().text(new StringBuilder(text).reverse());
        }
        List<Object> reversed = new ArrayList<>(Iteration.items(value, arguments.budget()));
        Collections.reverse(reversed);
        return new Lazy(reversed);
    }

    /** Texts in lower case, unless the argument {@code case_sensitive} says otherwise. */
    private static Object folded(Object value, Arguments arguments) {
        boolean folds = !arguments.flag("case_sensitive", false);
        return folds && Markup.plain(value) instanceof String text
                ? arguments.budget().text(Characters.lower(text))
                : value;
    }

    private static Comparator<Object> order(Lookup lookup, Arguments arguments) {
        return (a, b) -> {
            arguments.budget().steps(1);
            Object one = folded(lookup.of(a), arguments);
            return Equality.compare(one, folded(lookup.of(b), arguments), arguments.budget());
        };
    }

    private static Object sort(Object value, Arguments arguments) {
        List<Object> sorted = new ArrayList<>(Iteration.items(value, arguments.budget()));
        Comparator<Object> order = Lookup.several(arguments).stream()
                .map(lookup -> order(lookup, arguments))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
        sorted.sort(arguments.flag("reverse", false) ? order.reversed() : order);
        return sorted;
    }

    private static Object dictsort(Object value, Arguments arguments) {
        String by = arguments.text("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateException("dictsort takes by='key' or by='value'. Received: " + by);
        }
        List<Object> pairs = MapMethods.pairs(Access.map(value), arguments.budget());
        Comparator<Object> order = order(Lookup.of(by.equals("key") ? 0L : 1L, null, arguments.budget()), arguments);
        pairs.sort(arguments.flag("reverse", false) ? order.reversed() : order);
        return pairs;
    }

    private static Object unique(Object value, Arguments arguments) {
        Lookup lookup = Lookup.of(arguments);
        Set<Object> seen = new HashSet<>();
        List<Object> kept = new ArrayList<>();
        for (Object item : Iteration.items(value, arguments.budget())) {
            Object key = Markup.plain(folded(lookup.of(item), arguments));
            if (key instanceof Map || Iteration.stored(key) != null) {
                throw new TemplateException(
                        "unique takes texts, numbers, booleans and None. Received: " + Kinds.name(key));
            }
            if (seen.add(Numbers.isNumber(key) ? (Object) Numbers.asDouble(key) : key)) {
                kept.add(item);
            }
        }
        return new Lazy(kept);
    }

    private static Object extreme(Object value, Arguments arguments, boolean smallest) {
        Comparator<Object> up = order(Lookup.of(arguments), arguments);
        Comparator<Object> order = smallest ? up.reversed() : up;
        Object found = null;
        for (Object item : Iteration.items(value, arguments.budget())) {
            found = found == null || order.compare(item, found) > 0 ? item : found;
        }
        return found == null ? new Undefined("the smallest or largest of no items") : found;
    }

    private static Object batch(Object value, Arguments arguments) {
        long size = arguments.whole("linecount", 0);
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Iteration.items(value, arguments.budget())) {
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            while (arguments.has("fill_with") && batch.size() < size) {
                arguments.budget().steps(1);
                batch.add(arguments.value("fill_with"));
            }
            batches.add(batch);
        }
        return new Lazy(batches);
    }

    private static Object slice(Object value, Arguments arguments) {
        List<Object> items = Iteration.items(value, arguments.budget());
        long count = arguments.whole("slices", 0);
        if (count < 1) {
            throw new TemplateException("slice takes a number of at least 1. Received: " + count);
        }
        arguments.budget().steps(count);
        int least = (int) (items.size() / count);
        long longer = items.size() % count;
        List<Object> slices = new ArrayList<>();
        int from = 0;
        for (long i = 0; i < count; i++) {
            int to = from + least + (i < longer ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            if (arguments.has("fill_with") && i >= longer) {
                part.add(arguments.value("fill_with"));
            }
            slices.add(part);
            from = to;
        }
        return new Lazy(slices);
    }
}
