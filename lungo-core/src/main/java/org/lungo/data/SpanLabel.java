package org.lungo.data;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A label such as {@code B-LOC}.
 *
 * @param prefix where in its span the token stands: B first, I inside, E last, S alone; O outside of all
 * @param type of the span
 */
public record SpanLabel(char prefix, String type) {
    public static final SpanLabel OUTSIDE = new SpanLabel('O', "");

    private static final String PREFIXES = "BIESMLU";
    private static final Pattern LOOSE = Pattern.compile("([BIESMLUbiesmlu])[-_](.+)");

    /** Whether {@code label} has this form, with a type or without one. */
    public static boolean is(String label) {
        return label.equals("O") || isBare(label) || isTyped(label);
    }

    /** Whether {@code label} is a prefix with a type. */
    public static boolean isTyped(String label) {
        return label.length() > 2 && label.charAt(1) == '-' && PREFIXES.indexOf(label.charAt(0)) >= 0;
    }

    /**
     * The label that {@code label} spells loosely, in this form: {@code B-LOC} for {@code b-LOC} and {@code B_LOC}, O for
     * {@code o} and {@code 0}. Types stay as they are. Null for texts of another form.
     */
    public static @Nullable String loosely(String label) {
        Matcher loose = LOOSE.matcher(label);
        if (loose.matches()) {
            return loose.group(1).toUpperCase(Locale.ROOT) + "-" + loose.group(2);
        }
        return label.equals("o") || label.equals("0") ? "O" : is(label) ? label : null;
    }

    private static boolean isBare(String label) {
        return label.length() == 1 && PREFIXES.indexOf(label.charAt(0)) >= 0;
    }

    /** What {@code label} says; M stands for I, L for E and U for S. One of another form is outside. */
    public static SpanLabel of(String label) {
        if (label.equals("O") || !is(label)) {
            return OUTSIDE;
        }
        char prefix = switch (label.charAt(0)) {
            case 'M' -> 'I';
            case 'L' -> 'E';
            case 'U' -> 'S';
            default -> label.charAt(0);
        };
        return new SpanLabel(prefix, label.length() > 2 ? label.substring(2) : "");
    }

    public boolean isOutside() {
        return prefix == 'O';
    }

    /** Whether the token continues the span of the token before it. */
    private boolean goesOn(SpanLabel before) {
        return (prefix == 'I' || prefix == 'E')
                && (before.prefix == 'B' || before.prefix == 'I')
                && type.equals(before.type);
    }

    /** Whether a span begins with this token. */
    public boolean startsAfter(SpanLabel before) {
        return !isOutside() && !goesOn(before);
    }

    /** Whether a span ends with this token. */
    public boolean endsBefore(SpanLabel next) {
        return !isOutside() && !next.goesOn(this);
    }

    @Override
    public String toString() {
        return isOutside() || type.isEmpty() ? String.valueOf(prefix) : prefix + "-" + type;
    }
}
