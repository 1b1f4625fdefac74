package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a file that DuckDB reads. */
final class FileScan implements RowScan {
    private final Source source;
    private final Source readable;
    private final Connection connection;
    private final @Nullable String relation;
    private final Map<String, String> types;

    private FileScan(
            Source source,
            Source readable,
            Connection connection,
            @Nullable String relation,
            Map<String, String> types) {
        this.source = source;
        this.readable = readable;
        this.connection = connection;
        this.relation = relation;
        this.types = types;
    }

    static FileScan open(Source source) {
        Source readable = Rewriting.of(source);
        Connection connection = TableReader.connect();
        try {
            return open(source, readable, connection);
        } catch (SQLException e) {
            TableReader.close(source, readable, connection);
            throw TableReader.named(source, readable, SourceFailure.of(source, e));
        } catch (RuntimeException e) {
            TableReader.close(source, readable, connection);
            throw TableReader.named(source, readable, e);
        }
    }

    private static FileScan open(Source source, Source readable, Connection connection) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        if (JsonLines.reads(source)) {
            JsonLines.names(readable).forEach(name -> types.put(name, "VARCHAR"));
            if (types.isEmpty() && JsonFault.of(readable) == null) {
                throw JsonLines.withoutValues(readable);
            }
            return new FileScan(source, readable, connection, null, types);
        }
        String relation = readable.isCsv()
                ? Csv.of(readable).relation(true)
                : Columns.of(readable, connection).relation();
        Columns.types(connection, "SELECT * FROM " + relation)
                .forEach((name, type) -> types.put(name.strip(), RowScan.plain(type)));
        return new FileScan(source, readable, connection, relation, types);
    }

    @Override
    public Map<String, String> types() {
        return types;
    }

    @Override
    public void read(Schema schema, List<String> kept, RowMark from, Consumer<Chunk> chunks) {
        List<Field> fields = TableReader.used(schema).stream()
                .map(field -> field.ofType(types.get(field.name())))
                .toList();
        String rows = relation == null ? JsonLines.relation(readable, fields, kept) : relation;
        List<String> copied =
                relation == null ? kept.stream().map(JsonLines::copy).toList() : kept;
        String brokenLine = relation == null ? JsonLines.BROKEN : null;
        boolean wide = RowCollector.isWide(fields, kept);
        String query = wide
                ? WideChunkReader.query(fields, copied, rows, brokenLine)
                : query(fields, copied, source, rows, brokenLine);
        try (Statement statement = connection.createStatement();
                RowCollector collector = RowCollector.of(schema, fields, kept, copied, source)) {
            if (wide) {
                statement.execute("SET threads = 1"); // of each thread DuckDB holds 2,048 rows
            }
            try (ResultSet result = statement.executeQuery(query + " OFFSET " + from.row())) {
                collector.consume(result, from.row(), row -> new RowMark(row, 0), chunks);
            }
        } catch (SQLException e) {
            throw TableReader.named(source, readable, SourceFailure.streamed(source, rows, e));
        }
    }

    /** What {@link ChunkReader} reads. */
    static String query(
            List<Field> fields, List<String> kept, Source source, String relation, @Nullable String brokenLine) {
        List<String> missing = source.options().missing();
        List<String> values = new ArrayList<>();
        fields.forEach(field -> values.add(Sql.value(field, Sql.clean(field.name(), missing))));
        values.add(ChunkReader.fault(fields, missing, brokenLine));
        kept.forEach(name -> values.add("CAST(" + Sql.name(name) + " AS VARCHAR)"));
        return "SELECT " + values.stream().collect(Collectors.joining(", ")) + " FROM " + relation;
    }

    @Override
    public void brokenLines(Consumer<BadRow> broken) {
        if (relation == null || !relation.contains("store_rejects")) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SELECT line, min(error_message), min(csv_line)"
                        + " FROM reject_errors GROUP BY line ORDER BY line")) {
            while (lines.next()) {
                broken.accept(new BadRow(0, lines.getLong(1), lines.getString(2), lines.getString(3)));
            }
        } catch (SQLException e) {
            throw SourceFailure.of(source, e);
        }
    }

    @Override
    public void close() {
        TableReader.close(source, readable, connection);
    }
}
