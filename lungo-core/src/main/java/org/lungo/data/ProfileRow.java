package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL that looks at one column, and the reading of its answer. */
final class ProfileRow {
    /** The number of values of {@link #question}. */
    static final int WIDTH = 13;

    private ProfileRow() {}

    /** @param decimal of the column's numbers, or null for the form of programming languages */
    static Looks.Question question(@Nullable String decimal) {
        return (text, number, own) -> expressions(text, decimal == null ? number : Sql.number(text, decimal));
    }

    /** The number of rows, then what they hold. No finite number is a date: only other texts are tried, which takes time. */
    private static String expressions(String clean, String number) {
        String date = "CASE WHEN " + number + " IS NULL OR NOT isfinite(" + number + ") THEN " + clean + " END";
        return "count(*), count(" + clean + "), approx_count_distinct(" + clean + "), count(" + number
                + "), count(TRY_CAST(" + date + " AS TIMESTAMP)), avg(length(" + clean + ")), min(" + number + "), max("
                + number + "), avg(" + number + "), stddev_samp(" + number + "), min(" + clean + "), max(" + clean
                + "), count(CASE WHEN " + clean + " >= '00' AND " + clean + " < '0:' AND NOT contains(" + clean
                + ", '.') THEN 1 END)";
    }

    /** The number of rows in an answer. */
    static long rows(ResultSet row, int at) throws SQLException {
        return row.getLong(at);
    }

    /** The rest of an answer. */
    static ColumnProfile read(String name, ResultSet row, int start) throws SQLException {
        int at = start + 1;
        long present = row.getLong(at);
        long numbers = row.getLong(at + 2);
        long dates = row.getLong(at + 3);
        double length = row.getDouble(at + 4);
        Kind kind = Kind.CATEGORY;
        boolean codes = row.getLong(at + 11) > 0; // leading zeros would be lost
        if (present > 0 && numbers == present && !codes) {
            kind = Kind.NUMBER;
        } else if (present > 0 && dates == present) {
            kind = Kind.DATE;
        } else if (length >= Sentences.SHORTEST
                && numbers * 2 < present
                && Sentences.different(row.getLong(at + 1), present)) {
            kind = Kind.TEXT; // perhaps: CloserLook decides
        }
        var range = new ColumnProfile.Range(
                number(row, at + 5), number(row, at + 6), number(row, at + 7), number(row, at + 8));
        return new ColumnProfile(name, kind, present, row.getLong(at + 1), numbers, range, examples(row, at + 9));
    }

    private static double number(ResultSet row, int at) throws SQLException {
        double value = row.getDouble(at);
        return row.wasNull() ? Double.NaN : value;
    }

    private static List<String> examples(ResultSet row, int at) throws SQLException {
        List<String> examples = new ArrayList<>();
        for (int i = at; i < at + 2; i++) {
            String value = row.getString(i);
            if (value != null && !examples.contains(value)) {
                examples.add(value);
            }
        }
        return examples;
    }
}
