package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.lungo.data.Column;

/** What was learned from a column. Saved in the bundle; the same object transforms in training and in serving. */
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

    /** Gives numbers. */
    sealed interface Numbers extends Fitted permits ScaledNumber, DateParts, OneHot, Frequency {
        /** How many numbers it gives for a row. */
        int width();

        /** The names of the numbers it gives. */
        List<String> outputs();

        /**
         * Writes the numbers of every row of {@code column} into {@code target}, row-major.
         *
         * @param at the place of the first row's first number
         * @param stride the distance between rows
         */
        void write(Column column, float[] target, int at, int stride);
    }

    /** Gives an index for an embedding. */
    sealed interface Index extends Fitted permits CategoryIndex, HashedCategory {
        /** The number of different indices; 0 is "unknown or missing". */
        int cardinality();

        /** Writes the index of every row of {@code column} into {@code target}. */
        void write(Column column, long[] target, int at, int stride);
    }

    /** Gives numbers of tokens, for networks that read texts. */
    sealed interface Tokens extends Fitted permits TokenIds, Subwords {
        /** The most tokens of a text; those after them are left out. */
        int length();

        /** The number of different tokens; 0 is "no more tokens". */
        int size();

        /** The token that stands for a word that is not to be seen. */
        int unknown();

        /** The share of the training texts that have more tokens. */
        double shortened();

        /** Writes the tokens of every row of {@code column} into {@code target}, 0 after the last one. */
        void write(Column column, int[] target, int at, int stride);
    }
}
