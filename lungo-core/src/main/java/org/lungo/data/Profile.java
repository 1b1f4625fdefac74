package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a source found: the number of rows and the content of each column.
 *
 * @param dates for columns that hold dates in another form than ISO 8601 the forms that they can be read in, best first
 * @param outliers by column
 */
public record Profile(
        long rows, List<ColumnProfile> columns, Map<String, List<String>> dates, Map<String, Outliers> outliers) {
    public Profile {
        columns = List.copyOf(columns);
        dates = Map.copyOf(dates);
        outliers = Map.copyOf(outliers);
    }

    /** What one pass found. */
    Profile(long rows, List<ColumnProfile> columns) {
        this(rows, columns, Map.of(), Map.of());
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(ColumnProfile::name).toList();
    }

    /**
     * The kinds and forms that were found, except where {@code declared} says otherwise.
     *
     * @throws IllegalArgumentException when a declared column does not exist
     */
    public Schema schema(Map<String, ColumnChoice> declared) {
        for (String name : declared.keySet()) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("no column '" + name + "'" + Suggestion.sentence(name, names())
                        + " Columns: " + String.join(", ", names()));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (ColumnProfile column : columns) {
            ColumnChoice choice = declared.getOrDefault(column.name(), ColumnChoice.FOUND);
            Kind kind = choice.type() == null ? column.kind() : choice.type();
            String format = kind == Kind.DATE && choice.format() == null ? format(column.name()) : choice.format();
            fields.add(new Field(column.name(), kind, format));
        }
        return new Schema(fields);
    }

    /** The form of the column's dates, or null for ISO 8601. */
    private @Nullable String format(String column) {
        List<String> formats = dates.getOrDefault(column, List.of());
        if (formats.size() > 1) {
            throw new DataException(
                    "E306",
                    "the dates of '" + column + "' must have one form. Received: values that could be "
                            + String.join(" or ", formats) + "; say which with data.read.date_format: [\""
                            + formats.get(0) + "\"]");
        }
        return formats.isEmpty() ? null : formats.get(0);
    }
}
