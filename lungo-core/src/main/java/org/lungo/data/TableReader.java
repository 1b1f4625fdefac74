package org.lungo.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An opened {@link Source}. Rows come in the order of the file and are streamed, so that any size can be read. */
public final class TableReader implements AutoCloseable {
    private static final String STAGED = "staged_rows";

    private final Source source;
    private final Source readable;
    private final Connection connection;
    private final Columns columns;
    private final String relation;
    private final List<String> names;
    private final ReadyRows rows;

    private TableReader(Source source, Source readable, Connection connection, Columns columns) {
        this.source = source;
        this.readable = readable;
        this.connection = connection;
        this.columns = columns;
        this.relation = columns.relation();
        this.names = columns.names();
        this.rows = new ReadyRows(connection, columns, source.options().missing());
    }

    static TableReader open(Source source) {
        return open(source, Rewriting.of(source));
    }

    /** Opens {@code source} by way of {@code readable}, which {@link Rewriting#of(Source, Path)} made of it. */
    static TableReader open(Source source, Source readable) {
        Connection connection = connect();
        try {
            return new TableReader(source, readable, connection, Columns.of(readable, connection));
        } catch (SQLException | RuntimeException e) {
            close(source, readable, connection);
            throw named(
                    source,
                    readable,
                    e instanceof SQLException failed ? SourceFailure.of(source, failed) : (RuntimeException) e);
        }
    }

    /** The same failure with the name of the source in the place of a temporary file's. */
    static RuntimeException named(Source source, Source readable, RuntimeException e) {
        return e instanceof DataException data && !source.equals(readable)
                ? new DataException(
                        data.code(), String.valueOf(e.getMessage()).replace(readable.location(), source.location()))
                : e;
    }

    static Connection connect() {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("memory_limit", "1GB");
        properties.setProperty(
                "temp_directory",
                Path.of(System.getProperty("java.io.tmpdir"), "lungo-duckdb-" + System.getProperty("user.name"))
                        .toString());
        properties.setProperty("preserve_insertion_order", "true");
        try {
            return DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot start: " + e.getMessage(), e);
        }
    }

    /** The column names in order. */
    public List<String> names() {
        return names;
    }

    /** The number of rows. */
    public long count() {
        try {
            return rows.count();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Looks at every value once, and again at columns that are peculiar. */
    public Profile profile() {
        try {
            Profile first = rows.profile();
            if (first.rows() == 0) {
                throw new DataException("E301", source.title() + " has a header and no rows; a table needs rows");
            }
            return source.isFolder()
                    ? TextFolder.profile(first)
                    : new CloserLook(rows, source.options()).at(first, columns.findings());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** All rows at once. Columns of kind IGNORE are left out. */
    public Table read(Schema schema) {
        List<Table> chunks = new ArrayList<>();
        read(schema, rows.chunkRows(), chunks::add);
        if (chunks.isEmpty()) {
            throw new DataException("E301", source.title() + " has a header and no rows; a table needs rows");
        }
        return Table.concat(chunks);
    }

    /**
     * All rows, {@code chunkRows} at a time.
     *
     * @throws DataException when a number or date column holds something else, naming the first such rows
     */
    public void read(Schema schema, int chunkRows, Consumer<Table> chunks) {
        check(schema);
        stream(used(typed(schema)), Long.MAX_VALUE, chunkRows, chunks);
    }

    /** The columns as they are read here: those of Parquet and JSON that hold numbers have none in another form. */
    private Schema typed(Schema schema) {
        try {
            return source.isCsv() ? schema : Columns.typed(connection, relation, schema);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The first rows, at most {@code maxRows}; a number or date that cannot be read is missing in them. */
    public Table head(Schema schema, int maxRows) {
        List<Table> chunks = new ArrayList<>();
        stream(used(typed(schema)), maxRows, maxRows, chunks::add);
        if (chunks.isEmpty()) {
            throw new DataException("E301", source.location() + " has a header and no rows; a table needs rows");
        }
        return Table.concat(chunks);
    }

    /** Copies the rows, typed as {@code schema} says, into a database file. Returns how many there are. */
    long stage(Schema schema, Path file) {
        List<Field> fields = used(typed(schema));
        String columns = fields.stream().map(f -> Sql.name(f.name())).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + Sql.quote(file.toString()) + " AS staged");
            statement.execute("CREATE TABLE staged." + STAGED + " AS SELECT * FROM (" + rows.values(fields)
                    + ") AS typed(" + columns + ")");
            long rows;
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM staged." + STAGED)) {
                count.next();
                rows = count.getLong(1);
            }
            statement.execute("DETACH staged");
            return rows;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Reads what {@link #stage} wrote. */
    static void readStaged(Path file, Schema schema, int chunkRows, Consumer<Table> chunks) {
        List<Field> fields = used(schema);
        String columns = fields.stream().map(f -> Sql.name(f.name())).collect(Collectors.joining(", "));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + Sql.quote(file.toString()) + " AS staged (READ_ONLY)");
            try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM staged." + STAGED)) {
                new ChunkBuilder(fields, chunkRows, chunks).consume(rows);
            }
        } catch (SQLException e) {
            throw new DataException("E301", "cannot read " + file + ": " + e.getMessage());
        }
    }

    static List<Field> used(Schema schema) {
        return schema.fields().stream().filter(f -> f.kind() != Kind.IGNORE).toList();
    }

    /**
     * Makes sure, in one pass, that number and date columns hold nothing else.
     *
     * @throws DataException naming the first rows of the first column that does
     */
    public void check(Schema schema) {
        require(schema);
        List<Field> numeric = typed(schema).fields().stream()
                .filter(f -> f.kind().isNumeric())
                .toList();
        try {
            Map<Field, Long> bad = rows.bad(numeric);
            for (Field field : numeric) {
                long count = bad.getOrDefault(field, 0L);
                if (count > 0) {
                    throw new DataException("E306", badValues(field, count));
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Makes sure that the columns that {@code schema} uses are there.
     *
     * @throws DataException E309 naming the first that is missing
     */
    public void require(Schema schema) {
        require(used(schema).stream().map(Field::name).toList());
    }

    /**
     * Makes sure that there are these columns.
     *
     * @throws DataException naming the first that is not there
     */
    public void require(List<String> columns) {
        require(columns, "the column");
    }

    private void require(List<String> columns, String what) {
        for (String name : columns) {
            if (!names.contains(name)) {
                throw new DataException(
                        "E309",
                        source.title() + " must have " + what + " '" + name + "'" + Suggestion.sentence(name, names)
                                + " Columns: " + String.join(", ", names));
            }
        }
    }

    /**
     * Makes sure that there are these target columns, and that no row lacks a value in them.
     *
     * @throws DataException naming the column, and the texts that are read as missing
     */
    public void requireTargets(List<String> targets) {
        require(targets, "the target column");
        try {
            for (String target : targets) {
                MissingTarget.require(
                        connection, relation, target, source.options().missing());
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private String clean(Field field) {
        return Sql.clean(field.name(), source.options().missing());
    }

    private void stream(List<Field> fields, long maxRows, int chunkRows, Consumer<Table> chunks) {
        try {
            rows.stream(fields, maxRows, chunkRows, chunks);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(SQLException e) {
        return SourceFailure.streamed(source, relation, e);
    }

    private String badValues(Field field, long count) {
        String query = "SELECT n, v FROM (SELECT row_number() OVER () n, " + clean(field) + " v FROM " + relation
                + ") WHERE " + Sql.bad(field, "v") + " ORDER BY n LIMIT 3";
        StringBuilder examples = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                examples.append(examples.isEmpty() ? "" : ", ")
                        .append("row ")
                        .append(rows.getLong(1))
                        .append(" '")
                        .append(rows.getString(2))
                        .append("'");
            }
        } catch (SQLException e) {
            throw failure(e);
        }
        return "column '" + field.name() + "' must hold a " + field.kind().described() + field.inForm()
                + " in every row. Received: "
                + count
                + (count == 1 ? " other value" : " other values") + " (" + examples
                + "); add the text to data.read.missing if it stands for a missing value, or declare the column a category"
                + (field.kind() == Kind.DATE ? ". " + dates(field) : "");
    }

    private static String dates(Field field) {
        return "Dates are read in "
                + (field.format() == null ? "ISO 8601, such as 2024-05-31" : "the form " + field.format())
                + "; data.read.date_format names others";
    }

    /** Closes the source. */
    @Override
    public void close() {
        close(source, readable, connection);
    }

    static void close(Source source, Source readable, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close " + source.title() + ": " + e.getMessage(), e);
        } finally {
            Rewriting.delete(source, readable);
        }
    }
}
