package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Methods of Python's {@code dict}; those that change one are refused, as in Jinja2's sandbox. */
final class MapMethods {
    static final Functions<Map<Object, Object>> ALL = all();

    private MapMethods() {}

    private static Functions<Map<Object, Object>> all() {
        Functions<Map<Object, Object>> methods = new Functions<Map<Object, Object>>("method of dict")
                .with("get", "key default", MapMethods::get)
                .with("keys", "", (map, a) -> new MapView("dict_keys", Iteration.items(map, a.budget())))
                .with("values", "", (map, a) -> new MapView("dict_values", new ArrayList<>(map.values())))
                .with("items", "", (map, a) -> new MapView("dict_items", pairs(map, a.budget())))
                .with("copy", "", (map, a) -> new LinkedHashMap<>(map));
        for (String name : List.of("pop", "popitem", "update", "clear", "setdefault")) {
            methods.with(name, "*", (map, a) -> {
                throw new TemplateException("a template cannot change a map. Received: " + name);
            });
        }
        return methods;
    }

    private static Object get(Map<Object, Object> map, Arguments arguments) {
        boolean known = Access.has(map, arguments.value("key"));
        Object value = known ? Access.get(map, arguments.value("key")) : null;
        return value == null ? arguments.value("default", None.NONE) : value;
    }

    /** Keys with their values, as tuples. */
    static List<Object> pairs(Map<Object, Object> map, Budget budget) {
        budget.steps(map.size());
        List<Object> pairs = new ArrayList<>(map.size());
        map.forEach((key, value) -> pairs.add(TupleValue.of(key, value)));
        return pairs;
    }
}
