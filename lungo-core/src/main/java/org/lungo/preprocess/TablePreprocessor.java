package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.tensor.Check;

/** What is done with the columns of a table; {@link #fit} learns it from the training rows. */
public record TablePreprocessor(
        @JsonPropertyDescription("How numbers are prepared.")
        Numbers numbers,

        @JsonPropertyDescription("How categories are prepared.")
        Categories categories,

        @JsonPropertyDescription("How texts are prepared.") TextPreprocessor text,

        @JsonPropertyDescription(
                "The maximum number of training rows that preprocessing is fitted on; of more, a random sample of"
                        + " this size is taken.")
        int rows) {
    /** Robust scaling with a smooth limit, and one-hot up to 8 values, as in RealMLP (arXiv:2407.04491, section 3). */
    public static final TablePreprocessor DEFAULTS =
            new TablePreprocessor(Numbers.DEFAULTS, Categories.DEFAULTS, TextPreprocessor.DEFAULTS, 1_000_000);

    public TablePreprocessor {
        Check.positive("rows", rows);
    }

    /** Texts by their defaults. */
    public TablePreprocessor(Numbers numbers, Categories categories, int rows) {
        this(numbers, categories, TextPreprocessor.DEFAULTS, rows);
    }

    /** How numbers are prepared. */
    public record Numbers(
            @JsonPropertyDescription("How numbers are scaled.")
            Scale scale,

            @JsonPropertyDescription(
                    "Whether a further input marks missing values, for columns that had missing values in training.")
            boolean missingIndicator,

            @JsonPropertyDescription("The number of piecewise linear inputs added for each number; 0 for none.")
            int bins) {
        public static final Numbers DEFAULTS = new Numbers(Scale.ROBUST, true, 0);

        public Numbers {
            Check.notNegative("bins", bins);
        }
    }

    /** How categories are prepared. */
    public record Categories(
            @JsonPropertyDescription("How categories become numbers.")
            Encode encode,

            @JsonPropertyDescription(
                    "With `auto`, columns with at most this number of values become one-hot, others are embedded.")
            int oneHotMax,

            @JsonPropertyDescription("Values that occur fewer times count as unknown.")
            int minCount,

            @JsonPropertyDescription("With `hashing`, the number of hash buckets.")
            int buckets) {
        public static final Categories DEFAULTS = new Categories(Encode.AUTO, 8, 1, 1024);

        public Categories {
            Check.notNegative("one_hot_max", oneHotMax);
            Check.positive("min_count", minCount);
            Check.positive("buckets", buckets);
        }
    }

    /** How categories become numbers. */
    public enum Encode {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("one_hot")
        ONE_HOT,
        @JsonProperty("embedding")
        EMBEDDING,
        @JsonProperty("hashing")
        HASHING,
        @JsonProperty("frequency")
        FREQUENCY;

        /** The name in configuration files, for example {@code one_hot}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done with each kind of column, one line each. */
    private Map<Kind, Transform> transforms() {
        return new EnumMap<>(Map.of(
                Kind.NUMBER, column -> ScaledNumber.fit((NumberColumn) column, numbers),
                Kind.DATE, column -> DateParts.fit((NumberColumn) column),
                Kind.CATEGORY, this::fitCategory,
                Kind.TEXT, column -> text.fit((TextColumn) column)));
    }

    /** Learns from the training rows. Columns of kind IGNORE, and columns not in {@code features}, are left out. */
    public FittedTable fit(Table train, Schema features) {
        return fit(train, features, Map.of());
    }

    /** The same, where {@code others} says what is done with columns of some kinds. */
    public FittedTable fit(Table train, Schema features, Map<Kind, Transform> others) {
        Map<Kind, Transform> transforms = transforms();
        transforms.putAll(others);
        Map<String, Fitted> scaled = others.containsKey(Kind.NUMBER) ? Map.of() : scaled(train, features);
        List<Fitted> fitted = new ArrayList<>();
        List<Field> used = new ArrayList<>();
        for (Field field : features.fields()) {
            if (field.kind() != Kind.IGNORE) {
                Transform transform = Objects.requireNonNull(transforms.get(field.kind()));
                Fitted ready = scaled.get(field.name());
                fitted.add(ready == null ? transform.fit(train.column(field.name())) : ready);
                used.add(field);
            }
        }
        return new FittedTable(new Schema(used), fitted);
    }

    /** The numbers, which are sorted for this, by name. */
    private Map<String, Fitted> scaled(Table train, Schema features) {
        return features.fields().parallelStream()
                .filter(field -> field.kind() == Kind.NUMBER)
                .collect(Collectors.toConcurrentMap(
                        Field::name, field -> ScaledNumber.fit((NumberColumn) train.column(field.name()), numbers)));
    }

    private Fitted fitCategory(Column column) {
        TextColumn texts = (TextColumn) column;
        Vocabulary vocabulary = CategoryCounts.vocabulary(texts, categories.minCount());
        boolean few = vocabulary.size() <= categories.oneHotMax();
        return switch (categories.encode()) {
            case AUTO -> few ? new OneHot(column.name(), vocabulary) : new CategoryIndex(column.name(), vocabulary);
            case ONE_HOT -> new OneHot(column.name(), vocabulary);
            case EMBEDDING -> new CategoryIndex(column.name(), vocabulary);
            case HASHING -> new HashedCategory(column.name(), categories.buckets());
            case FREQUENCY -> Frequency.fit(texts);
        };
    }
}
