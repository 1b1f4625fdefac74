package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A column's name and meaning.
 *
 * @param format of a date's text in {@code strptime} notation, such as {@code %m/%d/%Y}, null for ISO 8601; of a
 *     number's text its decimal separator, {@code ,} for 1.234,56 or {@code .} for 1,234.56, and behind it the currency
 *     sign or {@code %} that may stand with it, null for 1234.56
 */
public record Field(
        String name,
        Kind kind,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String format) {
    public Field {
        if (format != null && kind == Kind.NUMBER) {
            NumberForm.of(format);
        } else if (format != null) {
            new DatePattern(format);
        }
    }

    /** The same with the date format, or the decimal separator, {@code form}; null leaves it as it is. */
    public Field withForm(@Nullable String form) {
        if (form == null || !kind.isNumeric()) {
            return this;
        }
        String own = kind == Kind.NUMBER ? format : null;
        return new Field(
                name, kind, own == null ? form : NumberForm.of(own).with(form).format());
    }

    /** The same as a column of this type in DuckDB's words is read: one of numbers has no texts, and so no form. */
    Field ofType(@Nullable String type) {
        boolean plain = kind == Kind.NUMBER
                && type != null
                && type.matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*");
        return plain ? new Field(name, kind) : this;
    }

    /** Of a number the form of its texts in words, for messages; else an empty text. */
    String inForm() {
        return kind == Kind.NUMBER && format != null
                ? " in " + NumberForm.of(format).described()
                : "";
    }

    /** A column; of a date, one in ISO 8601, of a number, one in the form of programming languages. */
    public Field(String name, Kind kind) {
        this(name, kind, null);
    }
}
