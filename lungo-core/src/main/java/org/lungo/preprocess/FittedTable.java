package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lungo.data.Schema;
import org.lungo.data.Table;

/** Everything that was learned from the training rows; turns a table with these columns into numbers. */
public record FittedTable(Schema features, List<Fitted> columns) {
    public FittedTable {
        columns = List.copyOf(columns);
    }

    /** The columns that give one form. */
    private <F extends Fitted> Stream<F> giving(Class<F> form) {
        return columns.stream().filter(form::isInstance).map(form::cast);
    }

    /** The columns that are read as texts. */
    public List<Fitted.Tokens> texts() {
        return giving(Fitted.Tokens.class).toList();
    }

    /** The columns with a shape of their own. */
    public List<Fitted.Shaped> shaped() {
        return giving(Fitted.Shaped.class).toList();
    }

    /** The number of token outputs, those of all texts together. */
    public int tokenWidth() {
        return texts().stream().mapToInt(Fitted.Tokens::length).sum();
    }

    /** The number of values of a row in columns with a shape of their own. */
    public int shapedWidth() {
        return shaped().stream().mapToInt(Fitted.Shaped::size).reduce(0, Math::addExact);
    }

    /** The number of number outputs. */
    public int numberWidth() {
        return giving(Fitted.Numbers.class).mapToInt(Fitted.Numbers::width).sum();
    }

    /** The number of category outputs. */
    public int categoryWidth() {
        return (int) giving(Fitted.Index.class).count();
    }

    /** The names of the number outputs in order. */
    public List<String> numberNames() {
        return giving(Fitted.Numbers.class)
                .flatMap(fitted -> fitted.outputs().stream())
                .toList();
    }

    /** The places of the scaled numbers among the number outputs: no indicators, bins, dates or categories. */
    public List<Integer> scaledPlaces() {
        List<Integer> places = new ArrayList<>();
        int at = 0;
        for (Fitted.Numbers fitted : giving(Fitted.Numbers.class).toList()) {
            for (int i = 0; i < fitted.scaled(); i++) {
                places.add(at + i);
            }
            at += fitted.width();
        }
        return places;
    }

    /** For each category output the number of its indices. */
    public List<Integer> cardinalities() {
        return giving(Fitted.Index.class).map(Fitted.Index::cardinality).toList();
    }

    /** The values that the training rows had, by category column, as far as they were kept. */
    public Map<String, List<String>> choices() {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (Fitted fitted : columns) {
            List<String> known = fitted.known();
            if (known != null) {
                choices.put(fitted.column(), known);
            }
        }
        return choices;
    }

    /** How many category values of {@code table} are not among those that the training rows had. */
    public long unknown(Table table) {
        return columns.stream()
                .mapToLong(fitted -> fitted.unknown(table.column(fitted.column())))
                .sum();
    }

    /** What a person should know of {@code count} unknown category values; an empty text for none. */
    public static String unknownNote(long count) {
        return count == 0 ? "" : "categories that training never saw count as unknown: " + count;
    }

    /** The rows of {@code table} as numbers. Columns that are not needed are ignored. */
    public Encoded encode(Table table) {
        Encoding rows = new Encoding(this, table.rows());
        columns.forEach(fitted -> fitted.encode(table.column(fitted.column()), rows));
        return rows.encoded();
    }
}
