package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a source is read. What is null is found out by looking at the file. */
public record ReadOptions(
        @JsonPropertyDescription("The sign between the values of a CSV line; null finds out.") @Nullable
        String delimiter,

        @JsonPropertyDescription("Whether a CSV file's first line holds the column names; null finds out.") @Nullable
        Boolean header,

        @JsonPropertyDescription("`utf-8`, `utf-16` or `latin-1`.")
        String encoding,

        @JsonPropertyDescription("The texts that stand for a missing value.")
        List<String> missing,

        @JsonPropertyDescription("The SQL query to read from a `jdbc:` address.") @Nullable
        String query,

        @JsonPropertyDescription(
                "Forms of dates in the signs of `strptime`, such as `%d.%m.%Y`, tried before common forms;"
                        + " `[]` finds out. ISO 8601 is always read.")
        List<String> dateFormat) {
    /** Everything found out by looking; the missing texts are those of pandas' {@code read_csv}, and "?". */
    public static final ReadOptions DEFAULTS = new ReadOptions(
            null,
            null,
            "utf-8",
            List.of("", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None"),
            null,
            List.of());

    public ReadOptions {
        missing = List.copyOf(missing);
        dateFormat = List.copyOf(dateFormat);
        dateFormat.forEach(DatePattern::new);
        if (!List.of("utf-8", "utf-16", "latin-1").contains(encoding)) {
            throw new IllegalArgumentException("encoding must be utf-8, utf-16 or latin-1. Received: " + encoding);
        }
    }

    /** With dates found out by looking. */
    public ReadOptions(
            @Nullable String delimiter,
            @Nullable Boolean header,
            String encoding,
            List<String> missing,
            @Nullable String query) {
        this(delimiter, header, encoding, missing, query, List.of());
    }
}
