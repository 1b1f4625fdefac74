package org.lungo.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The rows of a feed. A chunk of them at a time goes through a temporary table of DuckDB, so that they become values by the
 * same rules as a file's.
 */
final class FeedScan implements RowScan {
    private final Source source;
    private final CheckedFeed feed;
    private final List<BadRow> broken;
    private final Connection connection;

    private FeedScan(Source source, CheckedFeed feed, List<BadRow> broken, Connection connection) {
        this.source = source;
        this.feed = feed;
        this.broken = broken;
        this.connection = connection;
    }

    static FeedScan open(Source source) {
        List<BadRow> broken = new ArrayList<>();
        return new FeedScan(source, new CheckedFeed(RowFeed.open(source, broken::add)), broken, TableReader.connect());
    }

    @Override
    public Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < feed.names().size(); i++) {
            types.put(feed.names().get(i), feed.type(i));
        }
        return types;
    }

    @Override
    public void read(Schema schema, List<String> kept, RowMark from, Consumer<Chunk> chunks) {
        Map<String, String> types = types();
        List<Field> fields = TableReader.used(schema).stream()
                .map(field -> field.ofType(types.get(field.name())))
                .toList();
        boolean wide = RowCollector.isWide(fields, kept);
        String query = wide
                ? WideChunkReader.query(fields, kept, Relation.IMPORTED, null)
                : FileScan.query(fields, kept, source, Relation.IMPORTED, null);
        int maxRows = RowScan.chunkRows(schema, kept);
        try (Statement statement = connection.createStatement();
                RowCollector collector = RowCollector.of(schema, fields, kept, kept, source)) {
            feed.skip(from, Source.withoutSecrets(source.location()));
            boolean more = true;
            while (more) {
                long start = feed.mark().row();
                Relation.create(connection, feed.names());
                more = Relation.append(connection, feed, maxRows) == maxRows;
                RowMark end = feed.mark();
                try (ResultSet rows = statement.executeQuery(query)) {
                    collector.consume(rows, start, row -> end, chunks);
                }
            }
        } catch (SQLException e) {
            throw SourceFailure.of(source, e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private DataException failure(IOException e) {
        return new DataException("E302", "cannot read " + source.location() + ": " + e.getMessage());
    }

    @Override
    public void brokenLines(Consumer<BadRow> lines) {
        broken.forEach(lines);
    }

    @Override
    public void close() {
        try {
            feed.close();
            connection.close();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("cannot close " + source.location() + ": " + e.getMessage(), e);
        }
    }
}
