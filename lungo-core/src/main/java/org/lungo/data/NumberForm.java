package org.lungo.data;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How numbers are written that are not in the form of programming languages: with the decimal separator {@code ,}, as in
 * 1.234,56, or {@code .}, as in 1,234.56. The other of the two may divide thousands.
 */
enum NumberForm {
    COMMA(",", "."),
    POINT(".", ",");

    /** Both decimal separators. */
    static final List<String> SEPARATORS =
            Arrays.stream(values()).map(form -> form.decimal).toList();

    private final String decimal;
    private final String thousands;
    private final Pattern pattern;

    NumberForm(String decimal, String thousands) {
        this.decimal = decimal;
        this.thousands = thousands;
        String separator = decimal.equals(".") ? "\\." : decimal;
        String divider = thousands.equals(".") ? "\\." : thousands;
        this.pattern = Pattern.compile("[+-]?(([0-9]+|[1-9][0-9]{0,2}(" + divider + "[0-9]{3})+)(" + separator
                + "[0-9]*)?|" + separator + "[0-9]+)([eE][+-]?[0-9]+)?");
    }

    /**
     * The form with this decimal separator.
     *
     * @throws IllegalArgumentException when there is none
     */
    static NumberForm of(String decimal) {
        return Arrays.stream(values())
                .filter(form -> form.decimal.equals(decimal))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the decimal separator must be ',' or '.'. Received: '" + decimal + "'"));
    }

    /** As a regular expression, for Java and DuckDB. */
    String pattern() {
        return pattern.pattern();
    }

    /**
     * The number.
     *
     * @throws NumberFormatException when {@code text} has another form
     */
    double parse(String text) {
        if (!pattern.matcher(text).matches()) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text.replace(thousands, "").replace(decimal, "."));
    }

    /** DuckDB's SQL for {@link #parse}; NULL for other forms. */
    String sql(String clean) {
        String plain = this == COMMA
                ? "replace(replace(" + clean + ", '.', ''), ',', '.')"
                : "replace(" + clean + ", ',', '')";
        return "(CASE WHEN " + matches(clean) + " THEN TRY_CAST(" + plain + " AS DOUBLE) END)";
    }

    /** DuckDB's SQL for whether a text has the form. */
    String matches(String clean) {
        return "regexp_full_match(" + clean + ", " + Sql.quote(pattern()) + ")";
    }

    /** In words. */
    String described() {
        return this == COMMA ? "the form 1.234,56" : "the form 1,234.56";
    }
}
