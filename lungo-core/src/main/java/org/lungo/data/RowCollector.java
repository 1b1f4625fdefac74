package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Makes chunks of the rows of a result with the values or the texts of the columns. */
sealed interface RowCollector extends AutoCloseable permits ChunkReader, WideChunkReader {
    /**
     * Reads everything.
     *
     * @param start the number of rows before the first
     * @param marks the mark for a number of rows
     */
    void consume(ResultSet rows, long start, LongFunction<RowMark> marks, Consumer<Chunk> chunks) throws SQLException;

    @Override
    void close() throws SQLException;

    /** Whether the columns are too many for {@link ChunkReader}. */
    static boolean isWide(List<Field> fields, List<String> kept) {
        return fields.size() + kept.size() > ColumnGroups.COLUMNS;
    }

    /**
     * The collector for these columns of the source.
     *
     * @param copied the columns of the relation that hold {@code kept}
     */
    static RowCollector of(Schema schema, List<Field> fields, List<String> kept, List<String> copied, Source source) {
        int rows = RowScan.chunkRows(schema, kept);
        return isWide(fields, kept)
                ? new WideChunkReader(
                        fields,
                        kept,
                        WideChunkReader.places(fields, copied),
                        rows,
                        source.options().missing())
                : new ChunkReader(fields, kept, rows);
    }

    /** A row that cannot be used for what {@code text} is in a field; a negative place: for not being a JSON object. */
    static BadRow badRow(List<Field> fields, long row, int place, String text) {
        String reason = place < 0
                ? "the line is not a JSON object"
                : "column '" + fields.get(place).name() + "' must hold a "
                        + fields.get(place).kind().described()
                        + fields.get(place).inForm();
        return new BadRow(row, 0, reason, text);
    }
}
