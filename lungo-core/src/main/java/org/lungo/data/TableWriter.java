package org.lungo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Writes tables with the same columns, one after the other, to a Parquet file of any size. */
public final class TableWriter implements AutoCloseable {
    private static final String ROWS = "written";
    private final Path file;
    private final Map<String, String> types;
    private final Connection connection;
    private @Nullable DuckDBAppender appender;
    private String columns = "*";
    private List<String> names = List.of();
    private boolean finished;

    private TableWriter(Path file, Map<String, String> types, Connection connection) {
        this.file = file;
        this.types = types;
        this.connection = connection;
    }

    /** A writer to {@code file}. The file appears when {@link #finish} is called. */
    public static TableWriter to(Path file) {
        return to(file, Map.of());
    }

    /**
     * A writer to {@code file}.
     *
     * @param types of columns that are to be written as something else than DOUBLE and VARCHAR, in DuckDB's words
     */
    public static TableWriter to(Path file, Map<String, String> types) {
        return new TableWriter(file, types, TableReader.connect());
    }

    /** Joins Parquet files with the same columns, in order, into another. */
    public static void join(List<Path> parts, Path file) throws IOException {
        String names = parts.stream().map(part -> Sql.quote(part.toString())).collect(Collectors.joining(", "));
        try (Connection connection = TableReader.connect();
                Statement statement = connection.createStatement()) {
            List<String> columns = ExactNames.parquet(connection, parts.get(0).toString());
            statement.execute("COPY (SELECT * FROM read_parquet([" + names + "])) TO " + Sql.quote(file.toString())
                    + " (FORMAT parquet)");
            if (Sql.areMixed(columns)) {
                ParquetNames.rename(file, columns);
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Adds the rows of {@code table}. */
    public void write(Table table) {
        try {
            if (appender == null) {
                appender = create(table);
            }
            List<Column> columns = table.columns();
            for (int row = 0; row < table.rows(); row++) {
                appender.beginRow();
                for (Column column : columns) {
                    append(appender, column, row);
                }
                appender.endRow();
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(failure(file, e));
        }
    }

    /** Writes the file: to a neighbour first, then renamed, so that a half-written one is never seen. */
    public void finish() throws IOException {
        Path neighbour = file.resolveSibling("." + file.getFileName() + ".writing");
        try (Statement statement = connection.createStatement()) {
            if (appender != null) {
                appender.close();
                statement.execute("COPY (SELECT " + columns + " FROM " + ROWS + ") TO "
                        + Sql.quote(neighbour.toString()) + " (FORMAT parquet)");
                if (Sql.areMixed(names)) {
                    ParquetNames.rename(neighbour, names);
                }
                Files.move(neighbour, file, StandardCopyOption.REPLACE_EXISTING);
            }
            finished = true;
        } catch (SQLException e) {
            Files.deleteIfExists(neighbour);
            throw failure(file, e);
        }
    }

    private static IOException failure(Path file, SQLException e) {
        return new IOException("cannot write " + file + ": " + SourceFailure.reason(e), e);
    }

    /** Frees what was collected. */
    @Override
    public void close() {
        try {
            if (appender != null && !finished) {
                appender.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the writer of " + file + ": " + e.getMessage(), e);
        }
    }

    private DuckDBAppender create(Table table) throws SQLException {
        String held = table.columns().stream()
                .map(c -> Sql.name(c.name()) + (c instanceof NumberColumn ? " DOUBLE" : " VARCHAR"))
                .collect(Collectors.joining(", "));
        names = table.names();
        columns = names.stream()
                .map(name -> (types.containsKey(name)
                                ? "CAST(" + Sql.name(name) + " AS " + types.get(name) + ")"
                                : Sql.name(name))
                        + " AS " + Sql.identifier(name))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + ROWS + " (" + held + ")");
        }
        return connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", ROWS);
    }

    private static void append(DuckDBAppender appender, Column column, int row) throws SQLException {
        if (column.missing(row)) {
            appender.appendNull();
        } else if (column instanceof NumberColumn numbers) {
            appender.append(numbers.values()[row]);
        } else {
            appender.append(column.text(row));
        }
    }
}
