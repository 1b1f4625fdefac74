package org.lungo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Names a source's rows in DuckDB's SQL; what DuckDB cannot read itself is copied into a temporary table. */
final class Relation {
    private static final String IMPORTED = "imported";

    private Relation() {}

    static String of(Source source, Connection connection, boolean lenient) throws SQLException {
        if (source.isDatabase()) {
            return database(source, connection);
        }
        if (source.isGenerated()) {
            copy(connection, Generated.names(), Generated.rows());
            return IMPORTED;
        }
        String file = Sql.quote(source.location());
        return switch (source.extension()) {
            case "parquet" -> "read_parquet(" + file + ")";
            case "jsonl", "ndjson", "json" -> "read_json(" + file + ", sample_size = -1)";
            case "arff" -> arff(source, connection);
            default -> csv(source, connection, lenient);
        };
    }

    private static String csv(Source source, Connection connection, boolean lenient) throws SQLException {
        String file = Sql.quote(source.location());
        String encoding = "encoding = " + Sql.quote(source.options().encoding());
        String delimiter = source.options().delimiter();
        Boolean header = source.options().header();
        String known = encoding
                + (delimiter == null ? "" : ", delim = " + Sql.quote(delimiter))
                + (header == null ? "" : ", header = " + header);
        String sniff = "SELECT Delimiter, Quote, HasHeader, list_transform(Columns, lambda c: c.name) FROM sniff_csv("
                + file + ", " + known + ", ignore_errors = true)";
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sniff)) {
            found.next();
            String quote = found.getString(2);
            String quoting = Sql.quote(quote == null || quote.length() != 1 || quote.charAt(0) == 0 ? "\"" : quote);
            return "read_csv(" + file + ", auto_detect = false, " + encoding + ", delim = "
                    + Sql.quote(delimiter == null ? found.getString(1) : delimiter) + ", quote = " + quoting
                    + ", escape = " + quoting + ", header = " + (header == null ? found.getBoolean(3) : header)
                    + ", columns = {" + columns(found.getArray(4)) + "}"
                    + (lenient ? ", store_rejects = true" : "") + ")";
        }
    }

    private static String columns(Array names) throws SQLException {
        return Stream.of((Object[]) names.getArray())
                .map(name -> Sql.quote(name.toString()) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
    }

    private static String database(Source source, Connection connection) throws SQLException {
        String query = source.options().query();
        if (query == null) {
            throw new DataException("E301", "a jdbc: location needs a query; set data.read.query: SELECT ...");
        }
        try (Connection remote =
                        DriverManager.getConnection(new DatabaseAddress(source.location()).resolved(System::getenv));
                Statement statement = remote.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            ResultSetMetaData meta = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnLabel(i));
            }
            create(connection, names);
            try (DuckDBAppender appender = appender(connection)) {
                while (rows.next()) {
                    appender.beginRow();
                    for (int i = 1; i <= names.size(); i++) {
                        appender.append(rows.getString(i));
                    }
                    appender.endRow();
                }
            }
            return IMPORTED;
        } catch (SQLException e) {
            throw new DataException(
                    "E301",
                    "cannot read from the database: " + DatabaseAddress.withoutSecrets(String.valueOf(e.getMessage()))
                            + "; check data.path, data.read.query and that the driver's jar is on the class path");
        }
    }

    private static String arff(Source source, Connection connection) throws SQLException {
        try {
            Arff file = Arff.parse(Files.readAllLines(Path.of(source.location())), source.location());
            copy(connection, file.names(), file.rows());
            return IMPORTED;
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    private static void copy(Connection connection, List<String> names, List<List<String>> rows) throws SQLException {
        create(connection, names);
        try (DuckDBAppender appender = appender(connection)) {
            for (List<String> row : rows) {
                appender.beginRow();
                for (String value : row) {
                    appender.append(value);
                }
                appender.endRow();
            }
        }
    }

    private static void create(Connection connection, List<String> names) throws SQLException {
        String columns = names.stream().map(n -> Sql.name(n) + " VARCHAR").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + IMPORTED + " (" + columns + ")");
        }
    }

    private static DuckDBAppender appender(Connection connection) throws SQLException {
        return connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", IMPORTED);
    }
}
