package org.lungo.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feed that knows what it gave: two that gave the same rows in the same order have the same {@link #mark}. */
final class CheckedFeed implements RowFeed {
    private final RowFeed feed;
    private RowMark mark = RowMark.START;

    CheckedFeed(RowFeed feed) {
        this.feed = feed;
    }

    /** What was given up to now. */
    RowMark mark() {
        return mark;
    }

    /**
     * Passes over the rows up to {@code to}.
     *
     * @throws DataException when they are not those that were passed when the mark was made
     */
    void skip(RowMark to, String location) throws IOException {
        while (mark.row() < to.row() && next() != null) {
            continue;
        }
        if (!mark.equals(to)) {
            throw new DataException(
                    "E313",
                    location + " no longer gives the rows that it gave: the first " + to.row()
                            + " differ; start again with --restart, and order a query by a key that is unique");
        }
    }

    @Override
    public List<String> names() {
        return feed.names();
    }

    @Override
    public String type(int column) {
        return feed.type(column);
    }

    @Override
    public @Nullable List<@Nullable String> next() throws IOException {
        List<@Nullable String> row = feed.next();
        if (row != null) {
            long check = mark.check();
            for (String value : row) {
                check = Column.mix(check, value == null ? -1L << 40 : value.hashCode());
            }
            mark = new RowMark(mark.row() + 1, check);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }
}
