package org.lungo.deploy.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace(...)} gives: the only value that a template can change. */
record Namespace(Map<String, Object> values) {
    static Namespace of(Arguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (arguments.positional().size() > 1) {
            throw new TemplateException("namespace takes one map. Received: "
                    + arguments.positional().size());
        }
        for (Object map : arguments.positional()) {
            Access.map(map).forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        values.putAll(arguments.named());
        return new Namespace(values);
    }
}
