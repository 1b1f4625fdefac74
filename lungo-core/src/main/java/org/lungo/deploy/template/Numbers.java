package org.lungo.deploy.template;

import org.jspecify.annotations.Nullable;

/** Numbers of a template: whole ones of 64 bits and floating-point ones; booleans count as 1 and 0. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    static double asDouble(Object number) {
        if (number instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return number instanceof Number known ? known.doubleValue() : Double.NaN;
    }

    /** {@code value} as a whole number; {@code what} it stands for, in messages. */
    static long whole(Object value, String what) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw new TemplateException(what + " must be a whole number. Received: " + Kinds.name(value));
    }

    static int compare(Object left, Object right) {
        if (isWhole(left) && isWhole(right)) {
            return Long.compare(whole(left, ""), whole(right, ""));
        }
        double a = asDouble(left);
        double b = asDouble(right);
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b) >= 0 ? 1 : -1;
    }

    static Object signed(boolean negative, Object value) {
        if (isWhole(value)) {
            long number = whole(value, "");
            return negative ? exact(() -> Math.negateExact(number)) : (Object) number;
        }
        if (value instanceof Double number) {
            return negative ? -number : number;
        }
        throw new TemplateException("a sign takes a number. Received: " + Kinds.name(value));
    }

    interface Exact {
        long compute();
    }

    /** The result, refused when it does not fit. */
    static Object exact(Exact operation) {
        try {
            return operation.compute();
        } catch (ArithmeticException e) {
            throw new TemplateException("whole numbers must fit into 64 bits. Received: a larger one");
        }
    }

    /** Python's {@code int()} of a text, or null when the text is none. */
    static @Nullable Long parse(String text, int base) {
        String digits = Characters.strip(text, Characters::isSpace, true, true);
        String sign = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(0, 1) : "";
        String rest = digits.substring(sign.length());
        String prefix = base == 16 ? "0[xX]_?" : base == 8 ? "0[oO]_?" : base == 2 ? "0[bB]_?" : "(?!)";
        String bare = rest.replaceFirst("^" + prefix, "");
        if (bare.length() > 200 || !bare.matches("[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*") || base < 2 || base > 36) {
            return null;
        }
        try {
            return Long.parseLong(sign + bare.replace("_", ""), base);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
