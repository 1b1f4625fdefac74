package org.lungo.data;

/**
 * Something about the data that a person should know.
 *
 * @param kind what it is
 * @param column where, or an empty text for the whole table
 * @param message one sentence
 */
public record Finding(Kind kind, String column, String message) {
    /** The kinds of findings. */
    public enum Kind {
        CONSTANT,
        IDENTIFIER,
        MIXED,
        TEXT,
        LEAKAGE,
        DUPLICATES,
        SAMPLED,
        DATES,
        OUTLIERS,
        SECRET,
        RENAMED,
        CASE,
        NESTED,
        CODES,
        PRECISION,
        DECIMALS,
        SHORTENED,
        CLASSES;

        /** Whether the column is not given to the model because of it. */
        public boolean leavesOut() {
            return this == CONSTANT || this == IDENTIFIER || this == TEXT || this == NESTED;
        }
    }
}
