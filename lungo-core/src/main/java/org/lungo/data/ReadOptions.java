package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a source is read. What is null is found out by looking at the file. */
public record ReadOptions(
        @JsonUnwrapped CsvLayout layout,

        @JsonPropertyDescription(
                "The encoding of a text file: `utf-8`, `latin-1`, `windows-1252`, `utf-16`, `gb18030`, `big5`,"
                        + " `shift_jis` or"
                        + " any other that Java knows.")
        String encoding,

        @JsonPropertyDescription("The texts that mean a missing value.")
        List<String> missing,

        @JsonPropertyDescription(
                "The SQL query to read from a `jdbc:` address: one that starts with SELECT, WITH, VALUES or TABLE and"
                        + " changes"
                        + " nothing.")
        @Nullable
        String query,

        @JsonPropertyDescription("Date formats in `strptime` notation, such as `%d.%m.%Y`, tried before common formats;"
                + " `[]` detects them. ISO 8601 is always read.")
        List<String> dateFormat,

        @JsonPropertyDescription(
                "The decimal separator of numbers: `,` reads 1.234,56, `.` reads 1,234.56; null detects it for each"
                        + " column. Parentheses, no-break spaces, one currency sign and `%` are read, too.")
        @Nullable
        String decimal) {
    /** Everything found out by looking; the missing texts are those of pandas' {@code read_csv}, and "?". */
    public static final ReadOptions DEFAULTS = new ReadOptions(
            CsvLayout.FOUND,
            "utf-8",
            List.of("", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None"),
            null,
            List.of(),
            null);

    public ReadOptions {
        missing = List.copyOf(missing);
        dateFormat = List.copyOf(dateFormat);
        dateFormat.forEach(DatePattern::new);
        Encoding.named(encoding);
        if (query != null) {
            ReadingQuery.check(query);
        }
        if (decimal != null) {
            new NumberForm(decimal, "");
        }
    }

    /** The same with another query. */
    public ReadOptions withQuery(@Nullable String other) {
        return new ReadOptions(layout, encoding, missing, other, dateFormat, decimal);
    }

    /**
     * What says how other files of the same origin are written; the forms of dates and numbers are not among it, for each
     * column has its own ({@link Field#format}).
     */
    public ReadOptions ofText() {
        return new ReadOptions(layout, encoding, missing, null, List.of(), null);
    }

    /** With decimal separators detected from the values. */
    public ReadOptions(
            @Nullable String delimiter,
            @Nullable Boolean header,
            String encoding,
            List<String> missing,
            @Nullable String query,
            List<String> dateFormat) {
        this(new CsvLayout(delimiter, null, header, null), encoding, missing, query, dateFormat, null);
    }

    /** With date formats and decimal separators detected from the values. */
    public ReadOptions(
            @Nullable String delimiter,
            @Nullable Boolean header,
            String encoding,
            List<String> missing,
            @Nullable String query) {
        this(delimiter, header, encoding, missing, query, List.of());
    }
}
