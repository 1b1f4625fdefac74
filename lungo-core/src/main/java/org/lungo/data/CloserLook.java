package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks again at the few columns that one pass found to be peculiar: dates and numbers in other
 * forms, numbers with too many digits, and outliers. */
final class CloserLook {
    private static final int READ = 1000;

    private final Connection connection;
    private final String relation;
    private final ReadOptions options;

    CloserLook(Connection connection, String relation, ReadOptions options) {
        this.connection = connection;
        this.relation = relation;
        this.options = options;
    }

    /** The profile with what was found, and {@code findings}. */
    Profile at(Profile first, List<Finding> findings) throws SQLException {
        Map<String, List<String>> dates = new LinkedHashMap<>();
        Map<String, String> fitting = new LinkedHashMap<>();
        Map<String, List<String>> decimals = new DecimalLook(this, options.decimal()).at(first.columns(), fitting);
        List<ColumnProfile> columns = new ArrayList<>();
        for (ColumnProfile column : first.columns()) {
            String name = column.name();
            if (findings.stream()
                    .anyMatch(f -> f.kind() == Finding.Kind.NESTED && f.column().equals(name))) {
                columns.add(column.as(Kind.TEXT));
            } else if (fitting.containsKey(name)) {
                columns.add(again(column, fitting.get(name)));
            } else {
                columns.add(column.isWords() ? words(column, dates) : column);
            }
        }
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(rounded(columns));
        return new Profile(first.rows(), columns, dates, decimals, outliers(columns, fitting), all);
    }

    /** A column of words as dates, texts or categories. */
    private ColumnProfile words(ColumnProfile column, Map<String, List<String>> dates) throws SQLException {
        if (dates(column, dates)) {
            return column.as(Kind.DATE);
        }
        return column.kind() == Kind.TEXT && !Sentences.are(some(column)) ? column.as(Kind.CATEGORY) : column;
    }

    /** Values of the first rows. */
    private List<String> some(ColumnProfile column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM (SELECT " + clean(column) + " AS v FROM "
                        + relation + " LIMIT " + READ + ") WHERE v IS NOT NULL")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** The column as numbers with a decimal separator. */
    private ColumnProfile again(ColumnProfile column, String decimal) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + ProfileRow.expression(clean(column), decimal) + " FROM " + relation)) {
            row.next();
            return ProfileRow.read(column.name(), row, 1);
        }
    }

    /** Whole numbers that a double cannot hold exactly. */
    private List<Finding> rounded(List<ColumnProfile> columns) throws SQLException {
        List<ColumnProfile> large = columns.stream()
                .filter(c -> c.kind() == Kind.NUMBER
                        && Math.max(c.range().max(), -c.range().min()) >= NumberColumn.EXACT)
                .toList();
        List<Long> counts = counts(
                large.stream()
                        .map(c -> "count(*) FILTER (WHERE regexp_full_match(" + clean(c)
                                + ", '[+-]?[0-9]{16,38}') AND TRY_CAST(" + clean(c) + " AS HUGEINT) <> TRY_CAST("
                                + Sql.number(clean(c)) + " AS HUGEINT))")
                        .toList(),
                Long.MAX_VALUE);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < large.size(); i++) {
            if (counts.get(i) > 0) {
                String name = large.get(i).name();
                findings.add(new Finding(
                        Finding.Kind.PRECISION,
                        name,
                        String.format(
                                Locale.ROOT,
                                "'%s' holds %,d whole number%s of more digits than a number keeps (16); different ones may"
                                        + " become the same. If they are names, declare it with features.%s: category",
                                name,
                                counts.get(i),
                                counts.get(i) == 1 ? "" : "s",
                                name)));
            }
        }
        return findings;
    }

    /** Whether every value is a date in one form; the forms that fit go to {@code found}. */
    private boolean dates(ColumnProfile column, Map<String, List<String>> found) throws SQLException {
        String clean = clean(column);
        List<String> own = options.dateFormat();
        List<Long> counts = counts(
                own.stream()
                        .map(format -> "count(" + Sql.date(clean, format) + ")")
                        .toList(),
                Long.MAX_VALUE);
        int first = counts.indexOf(column.present());
        if (first >= 0) {
            found.put(column.name(), List.of(own.get(first)));
            return true;
        }
        List<String> common = DateFormats.common(column.examples());
        List<String> formats = new ArrayList<>(own);
        formats.addAll(common);
        counts.addAll(counts(
                common.stream()
                        .map(format -> "count(*) FILTER (WHERE year(TRY_STRPTIME(" + clean + ", " + Sql.quote(format)
                                + ")) >= " + DateFormats.FIRST_YEAR + ")")
                        .toList(),
                Long.MAX_VALUE));
        List<String> fitting = DateFormats.fitting(formats, counts, column.present());
        if (!fitting.isEmpty()) {
            found.put(column.name(), fitting);
        }
        return fitting.size() == 1 && counts.contains(column.present());
    }

    /** What aggregates of the first {@code rows} rows count. */
    List<Long> counts(List<String> expressions, long rows) throws SQLException {
        List<Long> counts = new ArrayList<>();
        String from = rows == Long.MAX_VALUE ? relation : "(SELECT * FROM " + relation + " LIMIT " + rows + ")";
        for (List<String> group : ColumnGroups.of(expressions)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT " + String.join(", ", group) + " FROM " + from)) {
                row.next();
                for (int i = 1; i <= group.size(); i++) {
                    counts.add(row.getLong(i));
                }
            }
        }
        return counts;
    }

    /** What aggregates give as texts; an empty one for none. */
    List<String> texts(List<String> expressions) throws SQLException {
        List<String> texts = new ArrayList<>();
        if (!expressions.isEmpty()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM " + relation)) {
                row.next();
                for (int i = 1; i <= expressions.size(); i++) {
                    String text = row.getString(i);
                    texts.add(text == null ? "" : text);
                }
            }
        }
        return texts;
    }

    private Map<String, Outliers> outliers(List<ColumnProfile> columns, Map<String, String> decimals)
            throws SQLException {
        Map<String, Outliers> found = new LinkedHashMap<>();
        for (ColumnProfile column : columns) {
            if (Outliers.possible(column)) {
                String number = Sql.number(clean(column), decimals.get(column.name()));
                Outliers outliers = farthest(column, number);
                if (outliers.any()) {
                    String far = "count(*) FILTER (WHERE " + number + " < " + outliers.low() + " OR " + number + " > "
                            + outliers.high() + ")";
                    Outliers counted = outliers.counted(
                            counts(List.of(far), Long.MAX_VALUE).get(0));
                    if (counted.few(column.present())) {
                        found.put(column.name(), counted);
                    }
                }
            }
        }
        return found;
    }

    private Outliers farthest(ColumnProfile column, String number) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT quantile_cont(x, 0.25), quantile_cont(x, 0.75) FROM (SELECT "
                                + number + " AS x FROM " + relation + " LIMIT " + Outliers.LOOKED_AT + ")")) {
            row.next();
            return Outliers.farthest(column, row.getDouble(1), row.getDouble(2));
        }
    }

    /** The column's texts in SQL. */
    String clean(ColumnProfile column) {
        return Sql.clean(column.name(), options.missing());
    }
}
