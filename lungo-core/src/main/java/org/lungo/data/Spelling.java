package org.lungo.data;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the names of classes, categories and groups are spelled. A whole number has one spelling, whichever program wrote it:
 * {@code 1.0} is {@code 1}. Numbers with leading zeros are codes, and any other text is a name: both stay as they are.
 */
public final class Spelling {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)\\.0+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    private Spelling() {}

    /** The spelling that is kept for {@code name}. */
    public static String of(String name) {
        String spelled =
                name.endsWith("0") && WHOLE.matcher(name).matches() ? name.substring(0, name.indexOf('.')) : name;
        return spelled.equals("-0") ? "0" : spelled;
    }

    /** Of a text the spelling, of a number its text: whole ones up to 1e15 without a fraction or an exponent. */
    static String of(Object value) {
        return value instanceof Double || value instanceof Float
                ? new NumberColumn("", new double[] {Double.parseDouble(value.toString())}).text(0)
                : value.toString().strip();
    }

    /**
     * What a name says if others can say the same: the number of {@code 2.50} and {@code 2.5}, the truth of {@code True} and
     * {@code true}; null for all other names.
     */
    public static @Nullable Object meaning(String name) {
        if (name.equalsIgnoreCase("true") || name.equalsIgnoreCase("false")) {
            return name.toLowerCase(Locale.ROOT);
        }
        if (!NUMBER.matcher(name).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(name);
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
