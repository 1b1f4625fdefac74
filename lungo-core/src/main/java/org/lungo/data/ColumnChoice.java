package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;

/** What a user says about a column; what is left out is found. */
public record ColumnChoice(
        @JsonPropertyDescription("The type of the column; `ignore` leaves it out; null detects it.") @Nullable
        Kind type,

        @JsonPropertyDescription("The format of its dates in `strptime` notation, such as `%d.%m.%Y`; null detects it.")
        @Nullable
        String format) {
    /** All is found. */
    public static final ColumnChoice FOUND = new ColumnChoice(null, null);

    public ColumnChoice {
        Check.that(
                format == null || type == null || type == Kind.DATE,
                "a column with a format must be a date",
                "type: " + type + ", format: " + format);
        if (format != null) {
            new DatePattern(format);
            type = Kind.DATE;
        }
    }

    /** A column of this kind. */
    public static ColumnChoice of(Kind kind) {
        return new ColumnChoice(kind, null);
    }
}
