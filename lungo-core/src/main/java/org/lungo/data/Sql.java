package org.lungo.data;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of DuckDB's SQL. */
final class Sql {
    private Sql() {}

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /**
     * The column as trimmed text, NULL for the texts that stand for a missing value. Not with {@code IN}: of a long list
     * DuckDB makes a join, after which rows come in any order.
     */
    static String clean(String column, List<String> missing) {
        String trimmed = "trim(CAST(" + name(column) + " AS VARCHAR))";
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
