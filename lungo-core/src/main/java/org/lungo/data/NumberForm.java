package org.lungo.data;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lungo.tensor.Check;

/**
 * How numbers are written that are not in the form of programming languages: with the decimal separator {@code ,}, as in
 * 1.234,56, or {@code .}, as in 1,234.56. The other of the two, or a no-break space, may divide thousands. A number in
 * parentheses is negative. A mark may stand before or behind: one currency sign, or {@code %}, which does not divide by 100.
 *
 * @param decimal the decimal separator
 * @param mark a currency sign, {@code %} or an empty text
 */
record NumberForm(String decimal, String mark) {
    /** Both decimal separators. */
    static final List<String> SEPARATORS = List.of(",", ".");

    /** Any mark, as a regular expression. */
    static final String MARKS = "[\\p{Sc}%]";

    static final String PERCENT = "%";

    static final NumberForm COMMA = new NumberForm(",", "");
    static final NumberForm POINT = new NumberForm(".", "");

    private static final String SPACES = "\u00a0\u202f";

    /** A number in the form of programming languages, as DuckDB reads it; Java reads {@code 12d} and {@code 0x1p3} too. */
    private static final Pattern PLAIN = Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");

    /** What becomes of the characters of {@link #from}; those after the last are left out. */
    private static final String TO = "-.";

    NumberForm {
        if (!SEPARATORS.contains(decimal)) {
            throw new IllegalArgumentException("the decimal separator must be ',' or '.'. Received: '" + decimal + "'");
        }
        Check.that(
                mark.isEmpty() || mark.matches(MARKS),
                "the mark of numbers must be % or one currency sign",
                "'" + mark + "'");
    }

    /**
     * The form that {@link #format} gave.
     *
     * @throws IllegalArgumentException when there is none
     */
    static NumberForm of(String format) {
        return format.length() < 2
                ? new NumberForm(format, "")
                : new NumberForm(format.substring(0, 1), format.substring(1));
    }

    /** The form in a {@link Field}: the decimal separator and the mark. */
    String format() {
        return decimal + mark;
    }

    /** The same with another decimal separator. */
    NumberForm with(String otherDecimal) {
        return new NumberForm(otherDecimal, mark);
    }

    private String thousands() {
        return decimal.equals(",") ? "." : ",";
    }

    /** As a regular expression, for Java and DuckDB. */
    String pattern() {
        return pattern(decimal, mark.isEmpty() ? "" : "[" + mark + "]");
    }

    /** The texts that have this form with one of all marks. */
    static String anyPattern(String decimal) {
        return pattern(decimal, MARKS);
    }

    private static String pattern(String decimal, String mark) {
        String separator = "[" + decimal + "]";
        String divider = decimal.equals(",") ? "[.]" : ",";
        String number = "(([0-9]+|[1-9][0-9]{0,2}((" + divider + "[0-9]{3})+|([" + SPACES + "][0-9]{3})+))(" + separator
                + "[0-9]*)?|" + separator + "[0-9]+)([eE][+-]?[0-9]+)?";
        List<String> forms = mark.isEmpty()
                ? List.of("[+-]?N", "\\(N\\)")
                : List.of("[+-]?N(SM)?", "[+-]?MSN", "MS[+-]N", "\\(N(SM)?\\)", "\\(MSN\\)", "MS\\(N\\)", "\\(N\\)SM");
        return forms.stream()
                .map(form -> form.replace("S", "[ " + SPACES + "]?")
                        .replace("N", "(" + number + ")")
                        .replace("M", mark))
                .collect(Collectors.joining("|", "(", ")"));
    }

    private String from() {
        return "(" + decimal + thousands() + ") " + SPACES + mark;
    }

    /**
     * How texts are read.
     *
     * @return a reader that throws a NumberFormatException when a text has another form
     */
    ToDoubleFunction<String> reader() {
        Pattern pattern = Pattern.compile(pattern());
        return text -> parse(pattern, text);
    }

    /**
     * The number of a text in the form of programming languages.
     *
     * @throws NumberFormatException when it is in another form, or too large
     */
    static double plain(String text) {
        return parse(PLAIN, text, text);
    }

    private static double parse(Pattern pattern, String text, String plain) {
        double value = pattern.matcher(text).matches() ? Double.parseDouble(plain) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    /** The number; see {@link #reader}. */
    double parse(String text) {
        return parse(Pattern.compile(pattern()), text);
    }

    private double parse(Pattern pattern, String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int place = from().indexOf(text.charAt(i));
            if (place < TO.length()) {
                plain.append(place < 0 ? text.charAt(i) : TO.charAt(place));
            }
        }
        return parse(pattern, text, plain.toString());
    }

    /** DuckDB's SQL for {@link #parse}; NULL for other forms. */
    String sql(String clean) {
        return "(CASE WHEN " + matches(clean) + " THEN TRY_CAST(translate(" + clean + ", " + Sql.quote(from()) + ", "
                + Sql.quote(TO) + ") AS DOUBLE) END)";
    }

    /** DuckDB's SQL for whether a text has the form. */
    String matches(String clean) {
        return matches(clean, pattern());
    }

    /** DuckDB's SQL for whether a text has the form with one of all marks. */
    static String matchesAny(String clean) {
        return matches(clean, anyPattern(",") + "|" + anyPattern("."));
    }

    private static String matches(String clean, String pattern) {
        return "regexp_full_match(" + clean + ", " + Sql.quote(pattern) + ")";
    }

    /** In words. */
    String described() {
        String digits = decimal.equals(",") ? "1.234,56" : "1,234.56";
        return "the form " + (mark.equals(PERCENT) ? digits + " %" : mark + digits);
    }
}
