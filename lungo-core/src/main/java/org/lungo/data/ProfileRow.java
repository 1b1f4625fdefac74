package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The SQL that looks at one column, and the reading of its answer. */
final class ProfileRow {
    static final int WIDTH = 12;

    private ProfileRow() {}

    /** @param decimal of its numbers, or null for the form of programming languages */
    static String expression(String clean, @Nullable String decimal) {
        return expressions(clean, Sql.number(clean, decimal));
    }

    /** The query for a group of columns: the number of rows, then {@link #WIDTH} values a column. */
    static String query(ColumnGroups groups, List<String> columns) {
        return "SELECT count(*), "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> expressions(ColumnGroups.text(i), ColumnGroups.number(i)))
                        .collect(Collectors.joining(", "))
                + " FROM " + groups.numbers(columns);
    }

    /** No finite number is a date: only other texts are tried as one, which takes time. */
    private static String expressions(String clean, String number) {
        String date = "CASE WHEN " + number + " IS NULL OR NOT isfinite(" + number + ") THEN " + clean + " END";
        return "count(" + clean + "), approx_count_distinct(" + clean + "), count(" + number + "), count(TRY_CAST("
                + date + " AS TIMESTAMP)), avg(length(" + clean + ")), min(" + number + "), max(" + number + "), avg("
                + number + "), stddev_samp("
                + number + "), min(" + clean + "), max(" + clean + "), count(CASE WHEN " + clean + " >= '00' AND "
                + clean + " < '0:' AND NOT contains("
                + clean + ", '.') THEN 1 END)";
    }

    static ColumnProfile read(String name, ResultSet row, int at) throws SQLException {
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
