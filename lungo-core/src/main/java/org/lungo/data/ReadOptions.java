package org.lungo.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source is read. What is null is found out by looking at the file.
 *
 * @param delimiter between the values of a CSV line
 * @param header whether a CSV file's first line holds the column names
 * @param encoding {@code utf-8}, {@code utf-16} or {@code latin-1}
 * @param missing the texts that stand for a missing value
 * @param query the SQL query to read from a {@code jdbc:} location
 */
public record ReadOptions(
        @Nullable String delimiter,
        @Nullable Boolean header,
        String encoding,
        List<String> missing,
        @Nullable String query) {
    /** Everything found out by looking; the missing texts are those of pandas' {@code read_csv}, and "?". */
    public static final ReadOptions DEFAULTS = new ReadOptions(
            null,
            null,
            "utf-8",
            List.of("", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None"),
            null);

    public ReadOptions {
        missing = List.copyOf(missing);
        if (!List.of("utf-8", "utf-16", "latin-1").contains(encoding)) {
            throw new IllegalArgumentException("encoding must be utf-8, utf-16 or latin-1. Received: " + encoding);
        }
    }
}
