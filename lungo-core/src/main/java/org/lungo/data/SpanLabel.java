package org.lungo.data;

/**
 * A label such as {@code B-LOC}.
 *
 * @param prefix where in its span the token stands: B first, I inside, E last, S alone; O outside of all
 * @param type of the span
 */
public record SpanLabel(char prefix, String type) {
    public static final SpanLabel OUTSIDE = new SpanLabel('O', "");

    private static final String PREFIXES = "BIESMLU";

    /** Whether {@code label} has this form, with a type or without one. */
    public static boolean is(String label) {
        return label.equals("O") || isBare(label) || isTyped(label);
    }

    /** Whether {@code label} is a prefix with a type. */
    public static boolean isTyped(String label) {
        return label.length() > 2 && label.charAt(1) == '-' && PREFIXES.indexOf(label.charAt(0)) >= 0;
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
