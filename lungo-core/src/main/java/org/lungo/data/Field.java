package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A column's name and meaning.
 *
 * @param format of a date's text in the signs of {@code strptime}, such as {@code %m/%d/%Y}; null for ISO 8601
 */
public record Field(
        String name,
        Kind kind,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String format) {
    public Field {
        if (format != null) {
            new DatePattern(format);
        }
    }

    /** A column; of a date, one in ISO 8601. */
    public Field(String name, Kind kind) {
        this(name, kind, null);
    }
}
