package org.lungo.deploy.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Filters that give numbers. */
final class NumberFilters {
    private static final int MAX_DIGITS = 400;

    private NumberFilters() {}

    static void addTo(Functions<Object> filters) {
        filters.with("int", "default base", NumberFilters::whole)
                .with("float", "default", NumberFilters::real)
                .with("abs", "", NumberFilters::abs)
                .with("round", "precision method", NumberFilters::round)
                .with("length", "", (value, a) -> Iteration.length(value, a.budget()))
                .alias("count", "length")
                .with("sum", "attribute start", NumberFilters::sum);
    }

    private static Object number(Object value) {
        if (!Numbers.isNumber(value)) {
            throw new TemplateException("a number was expected. Received: " + Kinds.name(value));
        }
        return value;
    }

    private static Object abs(Object value, Arguments arguments) {
        return value instanceof Double number
                ? Math.abs(number)
                : Numbers.signed(Numbers.asDouble(number(value)) < 0, value);
    }

    private static Object whole(Object value, Arguments arguments) {
        Object fallback = arguments.value("default", 0L);
        if (Numbers.isWhole(value)) {
            return Numbers.whole(value, "");
        }
        Object plain = known(value);
        Long parsed = plain instanceof String text ? Numbers.parse(text, arguments.size("base", 10)) : null;
        if (parsed != null) {
            return parsed;
        }
        double number = plain instanceof String text ? parse(text) : Numbers.asDouble(plain);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return fallback;
        }
        return Numbers.exact(() -> new BigDecimal(number).toBigInteger().longValueExact());
    }

    private static Object real(Object value, Arguments arguments) {
        Object plain = known(value);
        double number = plain instanceof String text ? parse(text) : Numbers.asDouble(plain);
        boolean none = Double.isNaN(number) && !plain.equals(number) && !"nan".equals(plain);
        return none ? arguments.value("default", 0.0) : (Object) number;
    }

    private static Object known(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return Markup.plain(value);
    }

    /** Python's {@code float()} of a text; not a number when it is none. */
    private static double parse(String text) {
        String trimmed = Characters.strip(text, Characters::isSpace, true, true);
        if (trimmed.length() > MAX_DIGITS) {
            return Double.NaN;
        }
        if (trimmed.matches("(?i)[-+]?inf(inity)?")) {
            return trimmed.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        String digits = "\\d+(_\\d+)*";
        boolean number = trimmed.matches(
                "[-+]?(" + digits + "\\.?(" + digits + ")?|\\." + digits + ")([eE][-+]?" + digits + ")?");
        return number ? Double.parseDouble(trimmed.replace("_", "")) : Double.NaN;
    }

    private static Object round(Object value, Arguments arguments) {
        String method = arguments.text("method", "common");
        if (!method.equals("common") && !method.equals("ceil") && !method.equals("floor")) {
            throw new TemplateException("round takes common, ceil or floor. Received: " + method);
        }
        int precision = arguments.size("precision", 0);
        double number = Numbers.asDouble(number(value));
        if (method.equals("common")) {
            return Numbers.isWhole(value) && precision >= 0 ? Numbers.whole(value, "") : common(value, precision);
        }
        double scale = Math.pow(10, precision);
        double whole = method.equals("ceil") ? Math.ceil(number * scale) : Math.floor(number * scale);
        return (whole + 0.0) / scale; // no negative zero, as Python rounds to a whole number here
    }

    /** To the even of two neighbours that are equally near, as Python rounds. */
    private static Object common(Object value, int precision) {
        if (Numbers.isWhole(value)) {
            BigDecimal whole = BigDecimal.valueOf(Numbers.whole(value, ""));
            return precision < -MAX_DIGITS
                    ? 0L
                    : Numbers.exact(() ->
                            whole.setScale(precision, RoundingMode.HALF_EVEN).longValueExact());
        }
        double number = Numbers.asDouble(value);
        if (Double.isNaN(number) || Double.isInfinite(number) || precision > MAX_DIGITS) {
            return number;
        }
        double rounded = precision < -MAX_DIGITS
                ? 0
                : new BigDecimal(number)
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .doubleValue();
        return Math.copySign(rounded, number);
    }

    private static Object sum(Object value, Arguments arguments) {
        Object sum = arguments.value("start", 0L);
        Lookup lookup = Lookup.of(arguments);
        for (Object item : Iteration.items(value, arguments.budget())) {
            sum = Operator.ADD.apply(sum, lookup.of(item), arguments.budget());
        }
        return sum;
    }
}
