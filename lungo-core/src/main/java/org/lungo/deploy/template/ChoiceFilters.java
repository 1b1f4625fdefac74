package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that choose or change items by a test or another filter, and {@code default}. */
final class ChoiceFilters {
    private ChoiceFilters() {}

    static void addTo(Functions<Object> filters) {
        filters.with("select", "*", (value, a) -> chosen(value, a, true, test(a)))
                .with("reject", "*", (value, a) -> chosen(value, a, false, test(a)))
                .with("selectattr", "*", (value, a) -> chosen(value, a, true, attributeTest(a)))
                .with("rejectattr", "*", (value, a) -> chosen(value, a, false, attributeTest(a)))
                .with("map", "*", ChoiceFilters::map)
                .with(
                        "attr",
                        "name",
                        (value, a) -> value instanceof Map
                                ? new Undefined("attribute " + a.text("name") + " of dict")
                                : Access.attribute(value, a.text("name")))
                .with(
                        "default",
                        "default_value boolean",
                        (value, a) -> missing(value, a) ? a.value("default_value", "") : value)
                .alias("d", "default");
    }

    private static boolean missing(Object value, Arguments arguments) {
        return value instanceof Undefined || arguments.flag("boolean", false) && !Kinds.isTrue(value);
    }

    private static Object chosen(Object value, Arguments arguments, boolean keeps, Predicate<Object> test) {
        List<Object> chosen = new ArrayList<>();
        for (Object item : items(value, arguments)) {
            if (test.test(item) == keeps) {
                chosen.add(item);
            }
        }
        return new Lazy(chosen);
    }

    /** The test that the first argument names, with the others; truth without one. */
    private static Predicate<Object> test(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return Kinds::isTrue;
        }
        String name = name(arguments, 0);
        Arguments others = arguments.from(1);
        return item -> ValueTests.holds(name, item, others);
    }

    /** A test of the attribute that the first argument names. */
    private static Predicate<Object> attributeTest(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw new TemplateException("the name of an attribute was expected. Received: none");
        }
        Lookup lookup = Lookup.of(arguments.positional().get(0), null, arguments.budget());
        Predicate<Object> test = test(arguments.from(1));
        return item -> test.test(lookup.of(item));
    }

    /** The items of {@code value}; as in Jinja2 None and other values that count as false have none. */
    private static List<Object> items(Object value, Arguments arguments) {
        return Kinds.isTrue(value) ? Iteration.items(value, arguments.budget()) : List.of();
    }

    private static Object map(Object value, Arguments arguments) {
        UnaryOperator<Object> change = change(arguments);
        List<Object> changed = new ArrayList<>();
        for (Object item : items(value, arguments)) {
            changed.add(change.apply(item));
        }
        return new Lazy(changed);
    }

    private static UnaryOperator<Object> change(Arguments arguments) {
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        if (arguments.positional().isEmpty() && named.containsKey("attribute")) {
            Arguments bound = arguments.bind("map", List.of("attribute", "default"));
            Object fallback = bound.value("default", None.NONE);
            Lookup lookup =
                    Lookup.of(bound.value("attribute"), fallback == None.NONE ? null : fallback, arguments.budget());
            return lookup::of;
        }
        String name = name(arguments, 0);
        Arguments others = arguments.from(1);
        return item -> Filters.apply(name, item, others);
    }

    private static String name(Arguments arguments, int place) {
        if (place < arguments.positional().size() && arguments.positional().get(place) instanceof String name) {
            return name;
        }
        throw new TemplateException("the name of a filter or a test was expected. Received: "
                + (arguments.positional().isEmpty()
                        ? "none"
                        : Kinds.name(arguments.positional().get(0))));
    }
}
