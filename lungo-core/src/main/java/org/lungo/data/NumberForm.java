package org.lungo.data;

import java.util.List;
import java.util.regex.Pattern;
import org.lungo.tensor.Check;

/**
 * How numbers are written that are not in the form of programming languages: with the decimal sign {@code ,}, as in
 * 1.234,56, or {@code .}, as in 1,234.56. The other of the two may divide thousands.
 */
record NumberForm(String decimal) {
    /** Both decimal signs. */
    static final List<String> SIGNS = List.of(",", ".");

    NumberForm {
        Check.that(SIGNS.contains(decimal), "the decimal sign must be ',' or '.'", "'" + decimal + "'");
    }

    /** As a regular expression, for Java and DuckDB. */
    String pattern() {
        String thousands = decimal.equals(",") ? "\\." : ",";
        String sign = decimal.equals(",") ? "," : "\\.";
        return "[+-]?(([0-9]+|[1-9][0-9]{0,2}(" + thousands + "[0-9]{3})+)(" + sign + "[0-9]*)?|" + sign
                + "[0-9]+)([eE][+-]?[0-9]+)?";
    }

    /**
     * The number.
     *
     * @throws NumberFormatException when {@code text} has another form
     */
    double parse(String text) {
        if (!Pattern.matches(pattern(), text)) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(
                decimal.equals(",") ? text.replace(".", "").replace(',', '.') : text.replace(",", ""));
    }

    /** DuckDB's SQL for {@link #parse}; NULL for other forms. */
    String sql(String clean) {
        String plain = decimal.equals(",")
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
        return decimal.equals(",") ? "the form 1.234,56" : "the form 1,234.56";
    }
}
