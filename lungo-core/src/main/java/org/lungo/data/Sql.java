package org.lungo.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of DuckDB's SQL. */
final class Sql {
    private static final char MARK = '\u0001';

    private Sql() {}

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * The identifier that a column has in our relations and tables. DuckDB takes identifiers for equal that differ only by the
     * case of ASCII letters; so behind a name with capital letters stands where they are.
     */
    static String name(String column) {
        StringBuilder capitals = new StringBuilder();
        for (int i = 0; i < column.length(); i++) {
            if (column.charAt(i) >= 'A' && column.charAt(i) <= 'Z') {
                capitals.append(capitals.isEmpty() ? "" : ".").append(i);
            }
        }
        boolean plain = capitals.isEmpty() && column.indexOf(MARK) < 0;
        return identifier(plain ? column : column + MARK + capitals);
    }

    /** The column of an identifier that {@link #name} made. */
    static String column(String identifier) {
        int mark = identifier.lastIndexOf(MARK);
        return mark < 0 ? identifier : identifier.substring(0, mark);
    }

    /** A text in which identifiers occur, with the columns' names in their place. */
    static String columns(String message) {
        return message.replaceAll(MARK + "[0-9.]*", "");
    }

    /** An identifier as it stands, quoted. */
    static String identifier(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Whether DuckDB takes two of these for equal. */
    static boolean areMixed(List<String> columns) {
        Set<String> seen = new HashSet<>();
        return !columns.stream().allMatch(column -> seen.add(column.toLowerCase(Locale.ROOT)));
    }

    /** A table function with names for its columns, in their order. */
    static String named(String function, List<String> columns) {
        return function + " AS t(" + columns.stream().map(Sql::name).collect(Collectors.joining(", ")) + ")";
    }

    /**
     * The column as trimmed text, NULL for the texts that stand for a missing value. Not with {@code IN}: of a long list
     * DuckDB makes a join, after which rows come in any order.
     */
    static String clean(String column, List<String> missing) {
        return present(trimmed(column), missing);
    }

    /** The column as trimmed text. */
    static String trimmed(String column) {
        return "trim(CAST(" + name(column) + " AS VARCHAR))";
    }

    /** The trimmed text, NULL for the texts that stand for a missing value. */
    static String present(String trimmed, List<String> missing) {
        String isMissing =
                missing.stream().map(text -> trimmed + " = " + quote(text)).collect(Collectors.joining(" OR "));
        return missing.isEmpty() ? trimmed : "(CASE WHEN " + isMissing + " THEN NULL ELSE " + trimmed + " END)";
    }

    static String number(String clean) {
        return "TRY_CAST(" + clean + " AS DOUBLE)";
    }

    /** {@code decimal} null is the form of programming languages, else see {@link NumberForm}. */
    static String number(String clean, @Nullable String decimal) {
        return decimal == null ? number(clean) : NumberForm.of(decimal).sql(clean);
    }

    /** Seconds since 1970; {@code format} null is ISO 8601. */
    static String date(String clean, @Nullable String format) {
        return format == null
                ? "epoch(TRY_CAST(" + clean + " AS TIMESTAMP))"
                : "epoch(TRY_STRPTIME(" + clean + ", " + quote(format) + "))";
    }

    /** True for texts that this column cannot hold: other words, and infinite numbers. */
    static String bad(Field field, String clean) {
        String value = value(field, clean);
        return clean + " IS NOT NULL AND (" + value + " IS NULL OR NOT isfinite(" + value + "))";
    }

    /** What a column is read as. */
    static String value(Field field, String clean) {
        return switch (field.kind()) {
            case NUMBER -> number(clean, field.format());
            case DATE -> date(clean, field.format());
            default -> clean;
        };
    }
}
