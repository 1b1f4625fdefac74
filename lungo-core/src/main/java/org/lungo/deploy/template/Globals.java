package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template knows. */
final class Globals {
    static final Map<String, TemplateFunction> FUNCTIONS =
            Map.of("range", Globals::range, "namespace", Namespace::of, "dict", Globals::map);

    private Globals() {}

    private static Object range(Arguments arguments) {
        boolean one = arguments.positional().size() == 1;
        Arguments bound = arguments.bind("range", one ? List.of("stop") : List.of("start", "stop", "step"));
        long start = bound.whole("start", 0);
        long stop = Numbers.whole(bound.value("stop"), "range's stop");
        long step = bound.whole("step", 1);
        if (step == 0) {
            throw new TemplateException("range's step must not be 0. Received: 0");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            numbers.add(i);
            if (numbers.size() > Budget.RANGE) {
                throw new TemplateException(
                        "range may give " + Budget.RANGE + " numbers. Received: one that gives more");
            }
        }
        arguments.budget().steps(numbers.size());
        return numbers;
    }

    private static Object map(Arguments arguments) {
        if (arguments.positional().size() > 1) {
            throw new TemplateException(
                    "dict takes one map. Received: " + arguments.positional().size());
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object first : arguments.positional()) {
            map.putAll(Access.map(first));
        }
        map.putAll(arguments.named());
        return map;
    }
}
