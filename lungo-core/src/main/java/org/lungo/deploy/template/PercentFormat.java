package org.lungo.deploy.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code %} formatting of texts. */
final class PercentFormat {
    private static final Pattern FIELD =
            Pattern.compile("%(?:\\(([^)]*)\\))?([-+ 0#]*)(\\d*)(?:\\.(\\d*))?[hlL]?(.)", Pattern.DOTALL);

    private static final int MAX_DIGITS = 400;

    private final Object values;
    private final Budget budget;
    private int used;

    private PercentFormat(Object values, Budget budget) {
        this.values = values;
        this.budget = budget;
    }

    /** {@code values}: a tuple for several fields, a map for named ones, or the value of a single field. */
    static String of(String format, Object values, Budget budget) {
        return new PercentFormat(values, budget).run(format);
    }

    private String run(String format) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', copied)) {
            Matcher field = FIELD.matcher(format).region(at, format.length());
            if (!field.lookingAt()) {
                throw new TemplateException("a format such as %s was expected. Received: " + format.substring(at));
            }
            String part = field.group(5).equals("%") ? "%" : padded(field);
            budget.characters((long) text.length() + part.length(), part.length());
            text.append(format, copied, at).append(part);
            copied = field.end();
        }
        text.append(format, copied, format.length());
        int given = values instanceof TupleValue tuple ? tuple.items().size() : isList() ? used : 1;
        if (used < given) {
            throw new TemplateException(used + " values were expected. Received: " + given + " values");
        }
        return budget.text(text);
    }

    /** Whether Python accepts the values although no field takes them. */
    private boolean isList() {
        return values instanceof Map || values instanceof List || values instanceof MapView;
    }

    private Object value(Matcher field) {
        String name = field.group(1);
        if (name != null) {
            Object value = values instanceof Map<?, ?> map ? Access.get(map, name) : null;
            if (value == null) {
                throw new TemplateException("a value for the field " + name + " was expected. Received: none");
            }
            return value;
        }
        List<Object> all = values instanceof TupleValue tuple ? tuple.items() : List.of(values);
        if (used >= all.size()) {
            throw new TemplateException("a value for each field was expected. Received: " + all.size() + " values");
        }
        return all.get(used++);
    }

    private String padded(Matcher field) {
        String flags = field.group(2);
        int width = number(field.group(3), 0);
        budget.characters(width);
        String text = text(field, value(field), flags);
        int blanks = width - Characters.length(text);
        if (blanks <= 0) {
            return text;
        }
        if (flags.indexOf('-') >= 0) {
            return text + " ".repeat(blanks);
        }
        boolean zeros = flags.indexOf('0') >= 0 && "diufFeEgGxXo".contains(field.group(5));
        int sign = zeros && !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        return text.substring(0, sign) + (zeros ? "0" : " ").repeat(blanks) + text.substring(sign);
    }

    private String text(Matcher field, Object value, String flags) {
        String precision = field.group(4);
        switch (field.group(5)) {
            case "s" -> {
                return cut(Display.text(value, budget), precision);
            }
            case "r" -> {
                return cut(Display.repr(value, budget), precision);
            }
            case "c" -> {
                return value instanceof Long code ? Character.toString(code.intValue()) : Display.text(value, budget);
            }
            default -> {
                if (!Numbers.isNumber(value)) {
                    throw new TemplateException(field.group() + " takes a number. Received: " + Kinds.name(value));
                }
                String digits = digits(field.group(5), value, number(precision, 6));
                boolean plus = flags.indexOf('+') >= 0 && !digits.startsWith("-");
                boolean blank = flags.indexOf(' ') >= 0 && !digits.startsWith("-");
                return (plus ? "+" : blank ? " " : "") + digits;
            }
        }
    }

    private String digits(String type, Object value, int precision) {
        if (precision > MAX_DIGITS) {
            throw new TemplateException("a format may ask for " + MAX_DIGITS + " digits. Received: " + precision);
        }
        double number = Numbers.asDouble(value);
        return switch (type) {
            case "d", "i", "u" ->
                value instanceof Double
                        ? new BigDecimal(number).setScale(0, RoundingMode.DOWN).toPlainString()
                        : String.valueOf(Numbers.whole(value, "%d"));
            case "f", "F" -> fixed(number, precision);
            case "x" -> Long.toString(Numbers.whole(value, "%x"), 16);
            case "X" -> Characters.upper(Long.toString(Numbers.whole(value, "%X"), 16));
            case "o" -> Long.toString(Numbers.whole(value, "%o"), 8);
            case "e" -> String.format(Locale.ROOT, "%." + precision + "e", number);
            default -> throw new TemplateException("a format such as %s, %d or %.2f was expected. Received: %" + type);
        };
    }

    /** {@code number} with {@code places} digits behind the point. */
    static String fixed(double number, int places) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return NumberText.of(number);
        }
        String digits = new BigDecimal(Math.abs(number))
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
        return (Math.copySign(1, number) < 0 ? "-" : "") + digits;
    }

    private String cut(String text, @Nullable String precision) {
        int length = number(precision, Budget.CHARACTERS);
        return Characters.length(text) > length ? text.substring(0, Characters.index(text, length)) : text;
    }

    private static int number(@Nullable String digits, int fallback) {
        if (digits == null) {
            return fallback;
        }
        return digits.isEmpty() ? 0 : digits.length() > 8 ? Budget.CHARACTERS + 1 : Integer.parseInt(digits);
    }
}
