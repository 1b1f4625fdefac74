package org.lungo.experiment.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import tools.jackson.databind.JsonNode;

/** What may stand for a key, in words; values are checked here so that binding them to records can only miss a range. */
final class ValueType {
    private static final int LONGEST_SHOWN = 80;

    private ValueType() {}

    /** What is wrong with {@code value} at {@code path}, or null. */
    static @Nullable ConfigProblem problem(String path, Type type, boolean nullable, JsonNode value) {
        if (value.isNull() && nullable) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            if (!value.isArray()) {
                return wrong(path, "a list" + (nullable ? " or null" : "") + ", such as " + example(list), value);
            }
            for (int i = 0; i < value.size(); i++) {
                ConfigProblem problem = problem(path + "." + i, ConfigKey.element(list), false, value.get(i));
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return constant(path, ConfigKey.names(plain), nullable, value);
        }
        return fits(plain, value) ? null : wrong(path, words(plain, value) + (nullable ? " or null" : ""), value);
    }

    /** The problem of a value that is something else than {@code expected}. */
    static ConfigProblem wrong(String path, String expected, JsonNode value) {
        return new ConfigProblem(path, "E204", "'" + path + "' must be " + expected + ". Received: " + shown(value));
    }

    private static @Nullable ConfigProblem constant(String path, List<String> names, boolean nullable, JsonNode value) {
        String received = value.isString() ? value.asString() : shown(value);
        if (value.isString() && names.contains(received)) {
            return null;
        }
        return new ConfigProblem(
                path,
                value.isString() ? "E205" : "E204",
                "'" + path + "' must be one of " + String.join(", ", names) + (nullable ? ", or null" : "")
                        + ". Received: " + shortened(received) + Suggestion.of(received, names));
    }

    private static boolean fits(Class<?> type, JsonNode value) {
        if (type == String.class) {
            return value.isValueNode() && !value.isNull();
        }
        if (type == boolean.class || type == Boolean.class) {
            return value.isBoolean();
        }
        if (type == double.class || type == Double.class) {
            return value.isNumber() && Double.isFinite(value.doubleValue());
        }
        return value.isIntegralNumber() && (isInt(type) ? value.canConvertToInt() : value.canConvertToLong());
    }

    private static boolean isInt(Class<?> type) {
        return type == int.class || type == Integer.class;
    }

    private static String words(Class<?> type, JsonNode value) {
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class) {
            return value.isNumber() ? "a finite number" : "a number";
        }
        if (!value.isIntegralNumber()) {
            return "a whole number";
        }
        return "a whole number from "
                + (isInt(type)
                        ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                        : Long.MIN_VALUE + " to " + Long.MAX_VALUE);
    }

    private static String example(ParameterizedType list) {
        Class<?> element = (Class<?>) ConfigKey.element(list);
        if (element == String.class) {
            return "[a, b]";
        }
        return element == double.class || element == Double.class ? "[0.5, 0.25]" : "[2, 1]";
    }

    private static String shown(JsonNode value) {
        return shortened(value.toString());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
