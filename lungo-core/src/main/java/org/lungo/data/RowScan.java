package org.lungo.data;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Goes once through the rows of an opened {@link Source}, in order and in constant memory, from the first or from any
 * other. Rows and lines that cannot be used are handed over and stop nothing.
 */
public sealed interface RowScan extends AutoCloseable permits FileScan, FeedScan {
    /** The columns in order, each with its type in DuckDB's words, of those that are plain; else {@code VARCHAR}. */
    Map<String, String> types();

    /**
     * Reads all rows after {@code from}. A source is always cut into the same chunks, wherever reading starts, if that is
     * the end of one.
     *
     * @param kept columns that are handed on as the texts they are
     * @throws DataException when the source cannot be read on, or the rows before {@code from} are not what they were
     */
    void read(Schema schema, List<String> kept, RowMark from, Consumer<Chunk> chunks);

    /** The lines that are no rows, in order; known when everything was read. */
    void brokenLines(Consumer<BadRow> broken);

    @Override
    void close();

    static RowScan open(Source source) {
        return RowFeed.reads(source) ? FeedScan.open(source) : FileScan.open(source);
    }

    /** The plain types that are handed on; anything else becomes text. */
    static String plain(String type) {
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> "BIGINT";
            case "FLOAT", "DOUBLE" -> "DOUBLE";
            case "BOOLEAN", "DATE", "TIMESTAMP" -> type;
            default -> type.startsWith("DECIMAL") ? type : "VARCHAR";
        };
    }

    /** The number of rows in a chunk: about 131,072 values, at least 256 and at most 8192 rows. */
    static int chunkRows(Schema schema, List<String> kept) {
        int columns = schema.fields().size() + kept.size();
        return Math.max(256, Math.min(8192, (1 << 17) / Math.max(1, columns)));
    }
}
