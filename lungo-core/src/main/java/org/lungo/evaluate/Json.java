package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How results become JSON: JSON has no NaN and no infinity, so both are null. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static String compact(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static Map<String, @Nullable Double> numbers(Map<String, Double> values) {
        Map<String, @Nullable Double> numbers = new LinkedHashMap<>();
        values.forEach((name, value) -> numbers.put(name, number(value)));
        return numbers;
    }
}
