package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;

/** How the values of a CSV file are laid out. What is null is found out by looking at the file. */
public record CsvLayout(
        @JsonPropertyDescription(
                "The character between the values of a CSV line, such as `;` or `\"\\t\"`; null detects it.")
        @Nullable
        String delimiter,

        @JsonPropertyDescription(
                "The character around CSV values that hold the delimiter or line ends; `''` for none, null detects it.")
        @Nullable
        String quote,

        @JsonPropertyDescription("Whether a CSV file's first line holds the column names; null detects it.") @Nullable
        Boolean header,

        @JsonPropertyDescription(
                "The number of lines before a CSV file's column names or first row; null skips lines that start with"
                        + " `#`.")
        @Nullable
        Integer skip) {
    /** All is found. */
    public static final CsvLayout FOUND = new CsvLayout(null, null, null, null);

    private static final int LONGEST_DELIMITER = 4;

    public CsvLayout {
        delimiter = "\\t".equals(delimiter) ? "\t" : delimiter;
        Check.that(
                delimiter == null || isDelimiter(delimiter),
                "delimiter must be a character of at most four bytes and neither a quote nor a line end, such as ',', ';' or"
                        + " \"\\t\" for a tab",
                "'" + delimiter + "'");
        Check.that(
                quote == null || quote.isEmpty() || quote.length() == 1 && isDelimiter(quote.replace('"', '\'')),
                "quote must be one character other than a line end, such as '\"', or '' for none",
                "'" + quote + "'");
        Check.that(
                delimiter == null || !delimiter.equals(quote),
                "delimiter and quote must differ",
                "both '" + quote + "'");
        Check.that(skip == null || skip >= 0, "skip must be at least 0", skip == null ? "" : skip);
    }

    private static boolean isDelimiter(String text) {
        return !text.isEmpty()
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_DELIMITER
                && text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '"' || c == 0);
    }
}
