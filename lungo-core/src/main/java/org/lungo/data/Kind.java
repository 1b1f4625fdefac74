package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a column means to a model. */
public enum Kind {
    /** A quantity; missing values are NaN. */
    @JsonProperty("number")
    NUMBER,
    /** One of a set of names. */
    @JsonProperty("category")
    CATEGORY,
    /** A date or a point in time, held as seconds since 1970-01-01T00:00Z. */
    @JsonProperty("date")
    DATE,
    /** Sentences, of which a model reads the words. */
    @JsonProperty("text")
    TEXT,
    /** Not given to the model. */
    @JsonProperty("ignore")
    IGNORE;

    /** True for kinds whose values are held as doubles. */
    public boolean isNumeric() {
        return this == NUMBER || this == DATE;
    }

    /** What each value is, for messages. */
    String described() {
        return this == NUMBER ? "finite number" : toString();
    }

    /** The name in configuration files, for example {@code number}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
