package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            at += fitted.outputs().size();
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
                choices.put(oneHot.column(), oneHot.values());
            } else if (fitted instanceof CategoryIndex index) {
                choices.put(index.column(), index.values());
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
            List<String> known = fitted instanceof OneHot oneHot
                    ? oneHot.values()
                    : fitted instanceof CategoryIndex index ? index.values() : null;
            if (known != null) {
                Set<String> names = Set.copyOf(known);
                Column column = table.column(fitted.column());
                for (int row = 0; row < column.rows(); row++) {
                    unknown += column.missing(row) || names.contains(column.text(row)) ? 0 : 1;
                }
            }
        }
        return unknown;
    }

    /** The rows of {@code table} as numbers. Columns that are not needed are ignored. */
    public Encoded encode(Table table) {
        int width = numberNames().size();
        List<Fitted.Index> indexed = indices().toList();
        float[] values = new float[table.rows() * width];
        int at = 0;
        for (Fitted.Numbers fitted : numbers().toList()) {
            fitted.write(table.column(fitted.column()), values, at, width);
            at += fitted.outputs().size();
        }
        long[] categories = new long[table.rows() * indexed.size()];
        for (int i = 0; i < indexed.size(); i++) {
            indexed.get(i).write(table.column(indexed.get(i).column()), categories, i, indexed.size());
        }
        return new Encoded(table.rows(), width, values, indexed.size(), categories);
    }
}
