package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;

/** Methods of Python's {@code list} and {@code tuple}; those that change a list are refused, as in Jinja2's sandbox. */
final class ListMethods {
    static final Functions<Object> ALL = all();

    private ListMethods() {}

    private static Functions<Object> all() {
        Functions<Object> methods = new Functions<Object>("method of list")
                .with("index", "value", ListMethods::index)
                .with("count", "value", ListMethods::count)
                .with("copy", "", ListMethods::copy);
        for (String name : List.of("append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort")) {
            methods.with(name, "*", (list, a) -> {
                throw new TemplateException(
                        "a template cannot change a list; write {% set list = list + [item] %}. Received: " + name);
            });
        }
        return methods;
    }

    private static Object index(Object list, Arguments arguments) {
        List<Object> items = Iteration.items(list, arguments.budget());
        for (int i = 0; i < items.size(); i++) {
            if (Equality.equal(items.get(i), arguments.value("value"), arguments.budget())) {
                return (long) i;
            }
        }
        throw new TemplateException("a list that holds the value was expected. Received: one without it");
    }

    private static Object copy(Object list, Arguments arguments) {
        if (list instanceof TupleValue) {
            throw new Undefined("attribute copy of tuple").failure();
        }
        return new ArrayList<>(Iteration.items(list, arguments.budget()));
    }

    private static Object count(Object list, Arguments arguments) {
        Object value = arguments.value("value");
        return Iteration.items(list, arguments.budget()).stream()
                .filter(item -> Equality.equal(item, value, arguments.budget()))
                .count();
    }
}
