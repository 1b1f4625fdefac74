package org.lungo.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table in order, each name once. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
        Map<String, Field> seen = new LinkedHashMap<>();
        for (Field field : fields) {
            if (seen.put(field.name(), field) != null) {
                throw new IllegalArgumentException(
                        "column names must differ. Received: '" + field.name() + "' twice; rename one of the two");
            }
        }
    }

    /** The column names in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The kind of the column {@code name}, or null when there is none. */
    public @Nullable Kind kind(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::kind)
                .findFirst()
                .orElse(null);
    }

    /** The same schema without some columns. */
    public Schema without(List<String> names) {
        return new Schema(
                fields.stream().filter(field -> !names.contains(field.name())).toList());
    }
}
