package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one pass over a source found: the number of rows and the content of each column. */
public record Profile(long rows, List<ColumnProfile> columns) {
    public Profile {
        columns = List.copyOf(columns);
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(ColumnProfile::name).toList();
    }

    /**
     * The kinds that were found, except where {@code declared} says otherwise.
     *
     * @throws IllegalArgumentException when a declared column does not exist
     */
    public Schema schema(Map<String, Kind> declared) {
        for (String name : declared.keySet()) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("no column '" + name + "'" + Suggestion.sentence(name, names())
                        + " Columns: " + String.join(", ", names()));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (ColumnProfile column : columns) {
            fields.add(new Field(column.name(), declared.getOrDefault(column.name(), column.kind())));
        }
        return new Schema(fields);
    }
}
