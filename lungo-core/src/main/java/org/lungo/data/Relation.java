package org.lungo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Names a source's rows in DuckDB's SQL; what DuckDB cannot read itself is copied into a temporary table. */
final class Relation {
    static final String IMPORTED = "imported";

    private Relation() {}

    /** @param notes is told what a person should know about the names of the columns */
    static String of(Source source, Connection connection, boolean lenient, Consumer<Finding> notes)
            throws SQLException {
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
            default -> {
                Csv csv = Csv.of(source);
                csv.renamed().forEach(notes);
                yield csv.relation(lenient);
            }
        };
    }

    private static String database(Source source, Connection connection) throws SQLException {
        String query = source.options().query();
        if (query == null) {
            throw new DataException("E301", "a jdbc: location needs a query; set data.read.query: SELECT ...");
        }
        DatabaseAddress address = new DatabaseAddress(source.location());
        try (Connection remote = reading(address);
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
            if (!remote.getAutoCommit()) {
                remote.rollback();
            }
            return IMPORTED;
        } catch (SQLException e) {
            throw new DataException(
                    "E301",
                    "cannot read from the database: "
                            + address.withoutSecrets(SourceFailure.reason(e), System::getenv)
                            + "; check data.path, data.read.query and that the driver's jar is on the class path");
        }
    }

    /** A connection on which a query cannot change anything, as far as the driver offers that. */
    private static Connection reading(DatabaseAddress address) throws SQLException {
        Connection remote = DriverManager.getConnection(address.resolved(System::getenv));
        try {
            remote.setReadOnly(true);
        } catch (SQLException e) {
            // not offered; the query was looked at, and what it did is taken back
        }
        try {
            remote.setAutoCommit(false);
        } catch (SQLException e) {
            // not offered
        }
        return remote;
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
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new DataException(
                        "E301",
                        "column names must differ, whatever their letters' case. Received: '" + name
                                + "' twice; rename one of the two, in a query with AS");
            }
        }
        String columns = names.stream().map(n -> Sql.name(n) + " VARCHAR").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + IMPORTED + " (" + columns + ")");
        }
    }

    private static DuckDBAppender appender(Connection connection) throws SQLException {
        return connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", IMPORTED);
    }
}
