package org.lungo.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A CSV file as DuckDB's SQL. DuckDB finds delimiter, quote and header; what stands before the header is looked at by
 * {@link Preamble}.
 *
 * @param skip lines before the header or first row
 * @param names of the columns, as they are read
 */
record Csv(Source source, int skip, String delimiter, String quote, boolean header, List<String> names) {
    /** Texts may be long: a line of 16 MiB can be read; the buffer is of the size that it has without this. */
    private static final String LONG_LINES = "max_line_size = 16777216, buffer_size = 33554432, ";

    private static final String DELIMITERS = ",;\t|";

    /** The number of values that DuckDB looks at in a wide table. */
    private static final long SAMPLE = 200_000;

    private static final long MIN_SAMPLE = 40;

    static Csv of(Source source) throws SQLException {
        Integer skip = source.options().layout().skip();
        if (skip != null) {
            return sniffed(source, skip, start(source));
        }
        TextStart start = start(source);
        int comments = Preamble.comments(start);
        Csv csv = sniffed(source, comments, start);
        if (comments > 0 && new Preamble(csv, start).endsWithHeader()) {
            csv = sniffed(source, comments - 1, start);
        }
        new Preamble(csv, start).refuseTitle();
        return csv;
    }

    private static Csv sniffed(Source source, int skip, TextStart start) throws SQLException {
        CsvLayout layout = source.options().layout();
        String known = (layout.delimiter() == null ? "" : ", delim = " + Sql.quote(layout.delimiter()))
                + (layout.quote() == null ? "" : ", quote = " + Sql.quote(layout.quote()))
                + (layout.header() == null ? "" : ", header = " + layout.header())
                + (skip == 0 ? "" : ", skip = " + skip)
                + wide(start, layout);
        String sniff = "SELECT Delimiter, Quote, HasHeader, list_transform(Columns, lambda c: c.name) FROM sniff_csv("
                + Sql.quote(source.location()) + ", " + encoding(source) + known
                + ", comment = '', ignore_errors = true)";
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:"); // a streamed result hides why it failed
                Statement statement = plain.createStatement();
                ResultSet found = statement.executeQuery(sniff)) {
            found.next();
            String quote = layout.quote() == null ? found.getString(2) : layout.quote();
            boolean none = layout.quote() == null && (quote == null || quote.length() != 1 || quote.charAt(0) == 0);
            return new Csv(
                            source,
                            skip,
                            layout.delimiter() == null ? found.getString(1) : layout.delimiter(),
                            none ? "\"" : quote,
                            layout.header() == null ? found.getBoolean(3) : layout.header(),
                            Arrays.stream((Object[]) found.getArray(4).getArray())
                                    .map(Object::toString)
                                    .toList())
                    .withExactNames();
        }
    }

    /**
     * What spares DuckDB work in a wide table, each value of which it looks at many times, for every delimiter and quote: it
     * looks at fewer rows than its usual number, and its delimiter is the one that occurs often.
     */
    private static String wide(TextStart start, CsvLayout layout) {
        String delimiter = DELIMITERS
                .chars()
                .mapToObj(Character::toString)
                .max(Comparator.comparing(start::columns))
                .orElseThrow();
        long columns = start.columns(delimiter);
        if (columns <= ColumnGroups.COLUMNS) {
            return "";
        }
        boolean plain = DELIMITERS
                        .chars()
                        .allMatch(d -> d == delimiter.charAt(0) || start.text().indexOf(d) < 0)
                && !start.text().contains("'");
        return ", sample_size = " + Math.max(MIN_SAMPLE, SAMPLE / columns)
                + (plain && layout.delimiter() == null ? ", delim = " + Sql.quote(delimiter) : "")
                + (plain && layout.quote() == null ? ", quote = '\"', escape = '\"'" : "");
    }

    private static TextStart start(Source source) {
        try {
            return TextStart.of(source);
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    private static String encoding(Source source) {
        return LONG_LINES + source.packing() + ", encoding = "
                + Sql.quote(Encoding.named(source.options().encoding()).duckdb());
    }

    /** The rows; with {@code lenient}, broken ones are collected instead of refused. */
    String relation(boolean lenient) {
        String quoting = Sql.quote(quote);
        String rows = "read_csv(" + Sql.quote(source.location()) + ", auto_detect = false, " + encoding(source)
                + ", delim = "
                + Sql.quote(delimiter) + ", quote = " + quoting + ", escape = " + quoting + ", header = " + header
                + (skip == 0 ? "" : ", skip = " + skip) + ", columns = {"
                + IntStream.range(0, names.size())
                        .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                        .collect(Collectors.joining(", "))
                + "}" + (lenient ? ", store_rejects = true" : "") + ")";
        return Sql.named(rows, names);
    }

    /** The same with the names of the header where DuckDB gave others, because they occur before in other letters' case. */
    private Csv withExactNames() {
        List<String> written = written();
        List<String> exact = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String read = names.get(i).replace("\"", "").strip();
            String name = i < written.size() ? written.get(i).strip() : "";
            boolean renamed = read.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "_");
            exact.add(!name.isEmpty() && renamed && !exact.contains(name) ? name : read);
        }
        return new Csv(source, skip, delimiter, quote, header, exact);
    }

    private List<String> written() {
        List<List<String>> records =
                header ? start(source).records(skip, delimiter, quote, 1) : List.<List<String>>of();
        return records.isEmpty() ? List.of() : records.get(0);
    }

    /** Names of the header that are read as others, because they occur before. */
    List<Finding> renamed() {
        List<String> header = written();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < header.size() && i < names.size(); i++) {
            String written = header.get(i).strip();
            String read = names.get(i);
            if (!written.isEmpty() && !written.equals(read)) {
                findings.add(new Finding(
                        Finding.Kind.RENAMED,
                        names.get(i),
                        "the header holds '" + written + "' more than once; the one in column " + (i + 1)
                                + " is read as '" + read + "'"));
            }
        }
        return findings;
    }
}
