package org.lungo.data;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of DuckDB's SQL. */
final class Sql {
    private Sql() {}

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /** The column as trimmed text, NULL for the texts that stand for a missing value. */
    static String clean(String column, List<String> missing) {
        String trimmed = "trim(CAST(" + name(column) + " AS VARCHAR))";
        String tokens = missing.stream().map(Sql::quote).collect(Collectors.joining(", "));
        return tokens.isEmpty()
                ? trimmed
                : "(CASE WHEN " + trimmed + " IN (" + tokens + ") THEN NULL ELSE " + trimmed + " END)";
    }

    static String number(String clean) {
        return "TRY_CAST(" + clean + " AS DOUBLE)";
    }

    static String date(String clean) {
        return "epoch(TRY_CAST(" + clean + " AS TIMESTAMP))";
    }

    /** True for texts that a column of this kind cannot hold: other words, and infinite numbers. */
    static String bad(Kind kind, String clean) {
        String value = value(kind, clean);
        return clean + " IS NOT NULL AND (" + value + " IS NULL OR NOT isfinite(" + value + "))";
    }

    /** What a column of this kind is read as. */
    static String value(Kind kind, String clean) {
        return switch (kind) {
            case NUMBER -> number(clean);
            case DATE -> date(clean);
            default -> clean;
        };
    }
}
