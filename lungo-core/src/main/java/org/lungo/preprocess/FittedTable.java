package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Schema;
import org.lungo.data.Table;

/** Everything that was learned from the training rows; turns a table with these columns into numbers. */
public record FittedTable(Schema features, List<Fitted> columns) {
    public FittedTable {
        columns = List.copyOf(columns);
    }

    private Stream<Fitted.Numbers> numbers() {
        return columns.stream().filter(Fitted.Numbers.class::isInstance).map(Fitted.Numbers.class::cast);
    }

    private Stream<Fitted.Index> indices() {
        return columns.stream().filter(Fitted.Index.class::isInstance).map(Fitted.Index.class::cast);
    }

    /** The columns that are read as texts. */
    public List<Fitted.Tokens> texts() {
        return columns.stream()
                .filter(Fitted.Tokens.class::isInstance)
                .map(Fitted.Tokens.class::cast)
                .toList();
    }

    /** The number of token outputs, those of all texts together. */
    public int tokenWidth() {
        return texts().stream().mapToInt(Fitted.Tokens::length).sum();
    }

    /** The number of number outputs. */
    public int numberWidth() {
        return numbers().mapToInt(Fitted.Numbers::width).sum();
    }

    /** The number of category outputs. */
    public int categoryWidth() {
        return (int) indices().count();
    }

    /** The names of the number outputs in order. */
    public List<String> numberNames() {
        return numbers().flatMap(fitted -> fitted.outputs().stream()).toList();
    }

    /** The places of the scaled numbers among the number outputs: no indicators, bins, dates or categories. */
    public List<Integer> scaledPlaces() {
        List<Integer> places = new ArrayList<>();
        int at = 0;
        for (Fitted.Numbers fitted : numbers().toList()) {
            if (fitted instanceof ScaledNumber) {
                places.add(at);
            }
            at += fitted.width();
        }
        return places;
    }

    /** For each category output the number of its indices. */
    public List<Integer> cardinalities() {
        return indices().map(Fitted.Index::cardinality).toList();
    }

    /** The values that the training rows had, by category column, as far as they were kept. */
    public Map<String, List<String>> choices() {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (Fitted fitted : columns) {
            if (fitted instanceof OneHot oneHot) {
                choices.put(oneHot.column(), oneHot.vocabulary().values());
            } else if (fitted instanceof CategoryIndex index) {
                choices.put(index.column(), index.vocabulary().values());
            } else if (fitted instanceof Frequency frequency) {
                choices.put(frequency.column(), List.copyOf(frequency.shares().keySet()));
            }
        }
        return choices;
    }

    /** How many category values of {@code table} are not among those that the training rows had. */
    public long unknown(Table table) {
        long unknown = 0;
        for (Fitted fitted : columns) {
            @Nullable
            Vocabulary known = fitted instanceof OneHot oneHot
                    ? oneHot.vocabulary()
                    : fitted instanceof CategoryIndex index ? index.vocabulary() : null;
            if (known != null) {
                Column column = table.column(fitted.column());
                for (int row = 0; row < column.rows(); row++) {
                    unknown += column.missing(row) || known.contains(column.text(row)) ? 0 : 1;
                }
            }
        }
        return unknown;
    }

    /** The rows of {@code table} as numbers. Columns that are not needed are ignored. */
    public Encoded encode(Table table) {
        int numberWidth = numberWidth();
        int categoryWidth = categoryWidth();
        float[] numbers = new float[table.rows() * numberWidth];
        long[] categories = new long[table.rows() * categoryWidth];
        int tokenWidth = tokenWidth();
        int[] tokens = new int[Math.multiplyExact(table.rows(), tokenWidth)];
        int number = 0;
        int category = 0;
        int token = 0;
        for (Fitted fitted : columns) {
            Column column = table.column(fitted.column());
            if (fitted instanceof Fitted.Numbers several) {
                several.write(column, numbers, number, numberWidth);
                number += several.width();
            } else if (fitted instanceof Fitted.Index index) {
                index.write(column, categories, category++, categoryWidth);
            } else if (fitted instanceof Fitted.Tokens text) {
                text.write(column, tokens, token, tokenWidth);
                token += text.length();
            }
        }
        return new Encoded(table.rows(), numberWidth, numbers, categoryWidth, categories, tokenWidth, tokens);
    }
}
