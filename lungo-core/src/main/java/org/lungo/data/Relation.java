package org.lungo.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Names a source's rows in DuckDB's SQL; what DuckDB cannot read itself is copied into a temporary table. */
final class Relation {
    static final String IMPORTED = "imported";

    private Relation() {}

    /** The rows of a source that is no CSV file. */
    static String of(Source source, Connection connection) throws SQLException {
        if (RowFeed.reads(source)) {
            return imported(source, connection);
        }
        String file = Sql.quote(source.location());
        return source.extension().equals("parquet")
                ? "read_parquet(" + file + ")"
                : "read_json(" + file + ", " + source.packing() + ", sample_size = -1)";
    }

    private static String imported(Source source, Connection connection) throws SQLException {
        try (RowFeed feed = RowFeed.open(source, null)) {
            create(connection, feed.names());
            append(connection, feed, Long.MAX_VALUE);
            return IMPORTED;
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.title() + ": " + e.getMessage());
        }
    }

    /** Appends at most {@code maxRows} rows to the {@linkplain #create table}. Returns how many there were. */
    static int append(Connection connection, RowFeed feed, long maxRows) throws SQLException, IOException {
        int rows = 0;
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", IMPORTED)) {
            while (rows < maxRows) {
                List<@Nullable String> row = feed.next();
                if (row == null) {
                    break;
                }
                appender.beginRow();
                for (String value : row) {
                    appender.append(value);
                }
                appender.endRow();
                rows++;
            }
        }
        return rows;
    }

    /** Makes the table that {@link #append} fills, empty. */
    static void create(Connection connection, List<String> names) throws SQLException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new DataException(
                        "E301",
                        "column names must differ. Received: '" + name
                                + "' twice; rename one of the two, in a query with AS");
            }
        }
        String columns = names.stream().map(n -> Sql.name(n) + " VARCHAR").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE " + IMPORTED + " (" + columns + ")");
        }
    }
}
