package org.lungo.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows as texts, one at a time, of a source that DuckDB cannot read itself. */
interface RowFeed extends AutoCloseable {
    /** The column names in order. */
    List<String> names();

    /** The type of a column in DuckDB's words. */
    default String type(int column) {
        return "VARCHAR";
    }

    /** The next row, or null at the end. */
    @Nullable
    List<@Nullable String> next() throws IOException;

    @Override
    void close() throws IOException;

    /** Whether {@code source} must be read in this way. */
    static boolean reads(Source source) {
        return source.isDatabase()
                || source.isGenerated()
                || source.isFolder()
                || source.extension().equals("arff");
    }

    /**
     * Opens {@code source}.
     *
     * @param broken gets the lines that are no rows; null to fail at the first
     * @throws DataException when it cannot be opened
     */
    static RowFeed open(Source source, @Nullable Consumer<BadRow> broken) {
        if (source.isDatabase()) {
            return DatabaseRows.open(source);
        }
        if (source.isGenerated()) {
            return new Listed(Generated.names(), Generated.rows());
        }
        return source.isFolder() ? TextFolder.open(source, broken) : Arff.open(source, broken);
    }

    /** Rows that are in memory. */
    final class Listed implements RowFeed {
        private final List<String> names;
        private final Iterator<List<String>> rows;

        Listed(List<String> names, List<List<String>> rows) {
            this.names = names;
            this.rows = rows.iterator();
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public @Nullable List<@Nullable String> next() {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() {}
    }
}
