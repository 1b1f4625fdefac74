package org.lungo.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The rows of a query, fetched some at a time: no driver shall collect them all first. */
final class DatabaseRows implements RowFeed {
    private static final int FETCHED_AT_ONCE = 10_000;

    private final DatabaseAddress address;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final List<DatabaseColumn> columns = new ArrayList<>();

    private DatabaseRows(DatabaseAddress address, Connection connection, Statement statement, ResultSet rows)
            throws SQLException {
        this.address = address;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        ResultSetMetaData meta = rows.getMetaData();
        boolean truths = !address.text().matches("jdbc:(mysql|mariadb):.*");
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(DatabaseColumn.of(meta, i, truths));
        }
    }

    static DatabaseRows open(Source source) {
        String query = source.options().query();
        if (query == null) {
            throw new DataException(
                    "E301", "a jdbc: location needs a query; set data.read.query: SELECT ..., or --query");
        }
        DatabaseAddress address = new DatabaseAddress(source.location());
        Connection connection = null;
        try {
            connection = connect(address.resolved(System::getenv));
            Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            statement.setFetchSize(source.location().startsWith("jdbc:mysql:") ? Integer.MIN_VALUE : FETCHED_AT_ONCE);
            ResultSet rows = statement.executeQuery(query);
            return new DatabaseRows(address, connection, statement, rows);
        } catch (SQLException e) {
            release(connection);
            throw failure(address, e);
        }
    }

    private static DataException failure(DatabaseAddress address, SQLException e) {
        return new DataException(
                "E301",
                "cannot read from the database: " + address.withoutSecrets(SourceFailure.reason(e), System::getenv)
                        + (DatabaseAddress.lacksDriver(e)
                                ? DatabaseAddress.DRIVER
                                : "; check the address (data.path, of predict: DATA) and the query (data.read.query,"
                                        + " --query)"));
    }

    /**
     * A connection on which a query cannot change anything, as far as the driver offers that. PostgreSQL fetches in parts
     * only within a transaction, DuckDB only on request.
     */
    private static Connection connect(String address) throws SQLException {
        Properties properties = new Properties();
        if (address.startsWith("jdbc:duckdb:")) {
            properties.setProperty("jdbc_stream_results", "true");
        }
        Connection connection = DriverManager.getConnection(address, properties);
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            // not offered; the query was looked at, and what it did is taken back
        }
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            // not offered
        }
        return connection;
    }

    private static void release(@Nullable Connection connection) {
        try {
            if (connection != null) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.close();
            }
        } catch (SQLException e) {
            // What made us give up is reported; this would hide it.
        }
    }

    @Override
    public List<String> names() {
        return columns.stream().map(DatabaseColumn::name).toList();
    }

    @Override
    public String type(int column) {
        return columns.get(column).type();
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        try {
            if (!rows.next()) {
                return null;
            }
            @Nullable String[] row = new String[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = columns.get(i).text(rows, i + 1);
            }
            return Arrays.asList(row);
        } catch (SQLException e) {
            throw failure(address, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
            statement.close();
        } catch (SQLException e) {
            throw failure(address, e);
        } finally {
            release(connection);
        }
    }
}
