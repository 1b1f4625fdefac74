package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.nn.VectorShape;

/**
 * What was learned from a column. Saved in the bundle under a name, one line each; the same object transforms in training
 * and in serving. What it gives has one of four forms, which all that reads encoded rows knows.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScaledNumber.class, name = "scaled_number"),
    @JsonSubTypes.Type(value = DateParts.class, name = "date_parts"),
    @JsonSubTypes.Type(value = OneHot.class, name = "one_hot"),
    @JsonSubTypes.Type(value = Frequency.class, name = "frequency"),
    @JsonSubTypes.Type(value = CategoryIndex.class, name = "category_index"),
    @JsonSubTypes.Type(value = HashedCategory.class, name = "hashed_category"),
    @JsonSubTypes.Type(value = TokenIds.class, name = "token_ids"),
    @JsonSubTypes.Type(value = Subwords.class, name = "subwords")
})
public sealed interface Fitted {
    /** The column that it transforms. */
    String column();

    /** Adds what it gives for every row of {@code column}. */
    void encode(Column column, Encoding rows);

    /** The values that the training rows had; null where they were not kept. */
    default @Nullable List<String> known() {
        return null;
    }

    /** How many values of {@code column} are of a category that the training rows did not have, as far as that is known. */
    default long unknown(Column column) {
        return 0;
    }

    /** Gives numbers. */
    non-sealed interface Numbers extends Fitted {
        /** How many numbers it gives for a row. */
        int width();

        /** The names of the numbers it gives. */
        List<String> outputs();

        /** How many of its first numbers are scaled quantities: no indicators, bins, dates or categories. */
        default int scaled() {
            return 0;
        }

        /**
         * Writes the numbers of every row of {@code column} into {@code target}, row-major.
         *
         * @param at the place of the first row's first number
         * @param stride the distance between rows
         */
        void write(Column column, float[] target, int at, int stride);

        @Override
        default void encode(Column column, Encoding rows) {
            rows.add(this, column);
        }
    }

    /** Gives an index for an embedding. */
    non-sealed interface Index extends Fitted {
        /** The number of different indices; 0 is "unknown or missing". */
        int cardinality();

        /** Writes the index of every row of {@code column} into {@code target}. */
        void write(Column column, long[] target, int at, int stride);

        @Override
        default void encode(Column column, Encoding rows) {
            rows.add(this, column);
        }
    }

    /** Gives numbers of tokens, for networks that read texts. */
    non-sealed interface Tokens extends Fitted {
        /** The most tokens of a text; those after them are left out. */
        int length();

        /** The number of different tokens; 0 is "no more tokens". */
        int size();

        /** The token that stands for a word that is not to be seen. */
        int unknown();

        /** What a token is, in the plural. */
        default String unit() {
            return "tokens";
        }

        /** The share of the training texts that have more tokens. */
        double shortened();

        /** Writes the tokens of every row of {@code column} into {@code target}, 0 after the last one. */
        void write(Column column, int[] target, int at, int stride);

        @Override
        default void encode(Column column, Encoding rows) {
            rows.add(this, column);
        }
    }

    /** Gives values in a shape of their own, such as an image's, and says what part of a network reads them. */
    non-sealed interface Shaped extends Fitted {
        /** The shape of a row's values. */
        List<Integer> shape();

        /** The layer that makes a vector of [rows, shape]; networks take the vector as numbers. */
        VectorShape reader();

        /**
         * Writes the values of every row of {@code column} into {@code target}, [rows, shape], row-major, which holds zeros. A
         * value may be missing.
         */
        void write(Column column, float[] target);

        /** The number of values of a row. */
        default int size() {
            return shape().stream().reduce(1, Math::multiplyExact);
        }

        @Override
        default void encode(Column column, Encoding rows) {
            rows.add(this, column);
        }
    }
}
