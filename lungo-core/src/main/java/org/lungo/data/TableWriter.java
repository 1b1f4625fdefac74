package org.lungo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Writes tables with the same columns, one after the other, to a {@code .csv} or {@code .parquet} file of any size. */
public final class TableWriter implements AutoCloseable {
    private static final String ROWS = "written";
    private final Path file;
    private final Set<String> whole;
    private final Connection connection;
    private @Nullable DuckDBAppender appender;
    private boolean finished;

    private TableWriter(Path file, Set<String> whole, Connection connection) {
        this.file = file;
        this.whole = whole;
        this.connection = connection;
    }

    /**
     * A writer to {@code file}, whose ending tells the format. The file appears when {@link #finish} is called.
     *
     * @param whole the number columns that hold whole numbers and are written as such
     * @throws IllegalArgumentException for another ending
     */
    public static TableWriter to(Path file, String... whole) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
            throw new IllegalArgumentException("the output must end in .csv or .parquet. Received: " + file);
        }
        return new TableWriter(file, Set.of(whole), TableReader.connect());
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
            throw new IllegalStateException("cannot collect the rows for " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes the file: to a neighbour first, then renamed, so that a half-written one is never seen. */
    public void finish() throws IOException {
        Path neighbour = file.resolveSibling("." + file.getFileName() + ".writing");
        try (Statement statement = connection.createStatement()) {
            if (appender != null) {
                appender.close();
                String format = file.toString().endsWith(".csv") ? "FORMAT csv, HEADER" : "FORMAT parquet";
                statement.execute("COPY " + ROWS + " TO " + Sql.quote(neighbour.toString()) + " (" + format + ")");
                Files.move(neighbour, file, StandardCopyOption.REPLACE_EXISTING);
            }
            finished = true;
        } catch (SQLException e) {
            Files.deleteIfExists(neighbour);
            throw new IOException(
                    "cannot write " + file + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
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
        String columns = table.columns().stream()
                .map(c -> Sql.name(c.name()) + " " + type(c))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + ROWS + " (" + columns + ")");
        }
        return connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", ROWS);
    }

    private String type(Column column) {
        return whole.contains(column.name()) ? "BIGINT" : column instanceof NumberColumn ? "DOUBLE" : "VARCHAR";
    }

    private void append(DuckDBAppender appender, Column column, int row) throws SQLException {
        if (column.missing(row)) {
            appender.appendNull();
        } else if (column instanceof NumberColumn numbers && whole.contains(column.name())) {
            appender.append((long) numbers.values()[row]);
        } else if (column instanceof NumberColumn numbers) {
            appender.append(numbers.values()[row]);
        } else {
            appender.append(column.text(row));
        }
    }
}
