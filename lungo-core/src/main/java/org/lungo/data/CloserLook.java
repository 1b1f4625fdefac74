package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks again at the few columns that one pass found to be peculiar: dates in other forms, and outliers. */
final class CloserLook {
    private final Connection connection;
    private final String relation;
    private final ReadOptions options;

    CloserLook(Connection connection, String relation, ReadOptions options) {
        this.connection = connection;
        this.relation = relation;
        this.options = options;
    }

    /** The profile with what was found. */
    Profile at(Profile first) throws SQLException {
        Map<String, List<String>> dates = new LinkedHashMap<>();
        List<ColumnProfile> columns = new ArrayList<>();
        for (ColumnProfile column : first.columns()) {
            boolean dated = text(column) && dates(column, dates);
            columns.add(dated ? column.asDates() : column);
        }
        return new Profile(first.rows(), columns, dates, outliers(first.columns()));
    }

    private static boolean text(ColumnProfile column) {
        return column.present() > 0 && (column.kind() == Kind.CATEGORY || column.kind() == Kind.TEXT);
    }

    /** Whether every value is a date in one form; the forms that fit go to {@code found}. */
    private boolean dates(ColumnProfile column, Map<String, List<String>> found) throws SQLException {
        String clean = Sql.clean(column.name(), options.missing());
        List<String> own = options.dateFormat();
        List<Long> counts = counts(own.stream()
                .map(format -> "count(" + Sql.date(clean, format) + ")")
                .toList());
        int first = counts.indexOf(column.present());
        if (first >= 0) {
            found.put(column.name(), List.of(own.get(first)));
            return true;
        }
        List<String> common = DateFormats.common(column.examples());
        List<String> formats = new ArrayList<>(own);
        formats.addAll(common);
        counts.addAll(counts(common.stream()
                .map(format -> "count(*) FILTER (WHERE year(TRY_STRPTIME(" + clean + ", " + Sql.quote(format) + ")) >= "
                        + DateFormats.FIRST_YEAR + ")")
                .toList()));
        List<String> fitting = DateFormats.fitting(formats, counts, column.present());
        if (!fitting.isEmpty()) {
            found.put(column.name(), fitting);
        }
        return fitting.size() == 1 && counts.contains(column.present());
    }

    private List<Long> counts(List<String> expressions) throws SQLException {
        List<Long> counts = new ArrayList<>();
        if (!expressions.isEmpty()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM " + relation)) {
                row.next();
                for (int i = 1; i <= expressions.size(); i++) {
                    counts.add(row.getLong(i));
                }
            }
        }
        return counts;
    }

    private Map<String, Outliers> outliers(List<ColumnProfile> columns) throws SQLException {
        List<ColumnProfile> possible =
                columns.stream().filter(Outliers::possible).toList();
        Map<String, Outliers> found = new LinkedHashMap<>();
        for (ColumnProfile column : possible) {
            Outliers outliers = farthest(column);
            if (outliers.any()) {
                String number = number(column);
                Outliers counted = outliers.counted(counts(List.of("count(*) FILTER (WHERE " + number + " < "
                                + outliers.low() + " OR " + number + " > " + outliers.high() + ")"))
                        .get(0));
                if (counted.few(column.present())) {
                    found.put(column.name(), counted);
                }
            }
        }
        return found;
    }

    private Outliers farthest(ColumnProfile column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT quantile_cont(x, 0.25), quantile_cont(x, 0.75) FROM (SELECT "
                                + number(column) + " AS x FROM " + relation + " LIMIT " + Outliers.LOOKED_AT + ")")) {
            row.next();
            return Outliers.farthest(column, row.getDouble(1), row.getDouble(2));
        }
    }

    private String number(ColumnProfile column) {
        return Sql.number(Sql.clean(column.name(), options.missing()));
    }
}
