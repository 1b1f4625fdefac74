package org.lungo.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of a database that rows are added to, in transactions. Each also writes a note, of how far the writer is, into a
 * neighbour called {@code NAME_lungo}: a job that continues after a crash finds there exactly what was committed.
 */
public final class DatabaseTable implements AutoCloseable {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*){0,2}";
    private static final int ROWS_AT_ONCE = 1000;

    private final String table;
    private final Connection connection;
    private final DatabaseDialect dialect;
    private final String quote;
    private @Nullable PreparedStatement insert;
    private List<Target> targets = List.of();

    private DatabaseTable(String table, Connection connection) throws SQLException {
        this.table = table;
        this.connection = connection;
        this.dialect = new DatabaseDialect(connection.getMetaData().getDatabaseProductName());
        this.quote = connection.getMetaData().getIdentifierQuoteString().strip();
    }

    /**
     * Connects.
     *
     * @throws IllegalArgumentException for a name that is none
     * @throws IOException when the database cannot be reached
     */
    public static DatabaseTable open(String address, String table) throws IOException {
        checkName(table);
        try {
            return new DatabaseTable(
                    table, DriverManager.getConnection(new DatabaseAddress(address).resolved(System::getenv)));
        } catch (SQLException e) {
            throw failure("connect to the database of", table, e);
        }
    }

    /** @throws IllegalArgumentException for a name with other characters than letters, digits and underscores */
    public static void checkName(String table) {
        if (!table.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a table's name is NAME or SCHEMA.NAME, of letters, digits and underscores. Received: " + table);
        }
    }

    /** The number of rows, or -1 when there is no such table. */
    public long rows() throws IOException {
        return exists(table) ? number("SELECT count(*) FROM " + table) : -1;
    }

    /** The note of the last transaction, or null when there is no unfinished one. */
    public @Nullable String note() throws IOException {
        if (!exists(notes())) {
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT note FROM " + notes())) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw failure("read", notes(), e);
        }
    }

    /**
     * Makes the table, if there is none, and the place for notes.
     *
     * @param columns a table with the columns to be written; its rows do not matter
     * @param types of columns, in DuckDB's words
     * @param note the first one
     */
    public void begin(Table columns, Map<String, String> types, String note) throws IOException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(table)) {
                String definitions = columns.columns().stream()
                        .map(c -> quoted(c.name()) + " " + dialect.type(type(c, types)))
                        .collect(Collectors.joining(", "));
                statement.execute("CREATE TABLE " + table + " (" + definitions + ")" + dialect.ending());
            }
            long before = rows();
            if (!exists(notes())) {
                statement.execute("CREATE TABLE " + notes() + " (earlier BIGINT, note VARCHAR(4000))");
            }
            statement.execute("DELETE FROM " + notes());
            try (PreparedStatement first =
                    connection.prepareStatement("INSERT INTO " + notes() + " VALUES (" + before + ", ?)")) {
                first.setString(1, note);
                first.execute();
            }
        } catch (SQLException e) {
            if (Sql.areMixed(columns.names()) && !exists(table)) {
                throw new IOException(
                        "cannot make the table " + table + ": some of its columns differ only by case ("
                                + String.join(", ", columns.names())
                                + "), which this database does not tell apart; write a file instead",
                        e);
            }
            throw failure("make", table, e);
        }
    }

    /** Adds rows; they are there for others when {@link #commit} was called. */
    public void write(Table rows) throws IOException {
        try {
            PreparedStatement statement = insert == null ? prepare(rows.names()) : insert;
            for (int row = 0; row < rows.rows(); row++) {
                int place = 1;
                for (Column column : rows.columns()) {
                    Target target = targets.get(place - 1);
                    statement.setObject(place, target.value(column, row), target.type());
                    place++;
                }
                statement.addBatch();
                if (row % ROWS_AT_ONCE == ROWS_AT_ONCE - 1 || row == rows.rows() - 1) {
                    statement.executeBatch();
                }
            }
        } catch (SQLException e) {
            throw failure("write to", table, e);
        }
    }

    /** A column of the table. */
    private record Target(String name, int type) {
        @Nullable
        Object value(Column column, int row) {
            if (column.missing(row)) {
                return null;
            }
            return column instanceof NumberColumn numbers
                    ? (Object) numbers.values()[row]
                    : DatabaseDialect.value(column.text(row), type);
        }
    }

    private PreparedStatement prepare(List<String> names) throws SQLException {
        Map<String, Target> present = present();
        List<Target> chosen = new ArrayList<>();
        for (String name : names) {
            Target target = present.getOrDefault(name, present.get(name.toLowerCase(Locale.ROOT)));
            if (target == null) {
                throw new DataException(
                        "E309",
                        "the table " + table + " must have the column '" + name + "'. Columns: "
                                + present.values().stream()
                                        .map(Target::name)
                                        .distinct()
                                        .collect(Collectors.joining(", ")));
            }
            chosen.add(target);
        }
        connection.setAutoCommit(false);
        targets = List.copyOf(chosen);
        String columns = targets.stream().map(target -> quoted(target.name())).collect(Collectors.joining(", "));
        String values = names.stream().map(name -> "?").collect(Collectors.joining(", "));
        PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")");
        insert = statement;
        return statement;
    }

    /** The table's columns by their names, and by those in lower case where that is none. */
    private Map<String, Target> present() throws SQLException {
        Map<String, Target> present = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnName(i);
                present.put(name, new Target(name, DatabaseColumn.jdbcType(meta, i)));
            }
            for (Target target : List.copyOf(present.values())) {
                present.putIfAbsent(target.name().toLowerCase(Locale.ROOT), target);
            }
        }
        return present;
    }

    /** Makes the rows written since the last time permanent, and the note with them. */
    public void commit(String note) throws IOException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + notes() + " SET note = ?")) {
            update.setString(1, note);
            update.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw failure("write to", table, e);
        }
    }

    /** Removes the notes: the work is done. */
    public void finish() throws IOException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            if (exists(notes())) {
                statement.execute("DROP TABLE " + notes());
            }
        } catch (SQLException e) {
            throw failure("remove", notes(), e);
        }
    }

    /**
     * Removes what an unfinished writer has written.
     *
     * @return false when there were rows before it, which cannot be distinguished from its own
     */
    public boolean discard() throws IOException {
        if (!exists(notes())) {
            return true;
        }
        if (number("SELECT max(earlier) FROM " + notes()) > 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table);
        } catch (SQLException e) {
            throw failure("empty", table, e);
        }
        finish();
        return true;
    }

    private String notes() {
        return table + "_lungo";
    }

    private boolean exists(String name) {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + name + " WHERE 1 = 0")) {
            return none.getMetaData().getColumnCount() > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private long number(String query) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw failure("read", table, e);
        }
    }

    private String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }

    private static String type(Column column, Map<String, String> types) {
        return types.getOrDefault(column.name(), column instanceof NumberColumn ? "DOUBLE" : "VARCHAR");
    }

    private static IOException failure(String what, String table, SQLException e) {
        SQLException cause = e.getNextException() == null ? e : e.getNextException();
        return new IOException(
                "cannot " + what + " the table " + table + ": "
                        + DatabaseAddress.withoutSecrets(String.valueOf(cause.getMessage()))
                        + (DatabaseAddress.lacksDriver(e) ? DatabaseAddress.DRIVER : "; check --out and --table"),
                e);
    }

    /** Disconnects; what was not committed is gone. */
    @Override
    public void close() throws IOException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.close();
        } catch (SQLException e) {
            throw failure("leave", table, e);
        }
    }
}
