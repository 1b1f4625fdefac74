package org.lungo.data;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table of rows that come one at a time, from JSON or Java, by the same rules as a file's: texts are trimmed, the
 * given texts stand for a missing value, numbers may come as text, objects within a row become columns. Needs no database.
 */
public record RowParser(Schema schema, List<String> missing) {
    /** About the year 300,000. */
    private static final double FARTHEST_SECONDS = 1e13;

    /**
     * The rows as a table. Columns that a row lacks are missing in it; columns that the schema lacks are ignored.
     *
     * @throws DataException when a number or date column gets something else
     */
    public Table parse(List<? extends Map<String, ?>> rows) {
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(field.kind().isNumeric() ? numbers(field, rows) : texts(field, rows));
        }
        return Table.of(columns);
    }

    private Column numbers(Field field, List<? extends Map<String, ?>> rows) {
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(field, value(rows.get(i), field.name()));
        }
        return new NumberColumn(field.name(), values);
    }

    private Column texts(Field field, List<? extends Map<String, ?>> rows) {
        @Nullable String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = text(value(rows.get(i), field.name()));
        }
        return new TextColumn(field.name(), values);
    }

    /** The value of a column; of {@code a.b} also what the object {@code a} has as {@code b}. */
    private static @Nullable Object value(Map<?, ?> row, String name) {
        Object value = row.get(name);
        for (int dot = name.indexOf('.'); value == null && dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (row.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                value = value(inner, name.substring(dot + 1));
            }
        }
        return value;
    }

    private @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString().strip();
        return missing.contains(text) ? null : text;
    }

    private double number(Field field, @Nullable Object value) {
        if (value instanceof Number number) {
            if (field.kind() == Kind.DATE && !(Math.abs(number.doubleValue()) <= FARTHEST_SECONDS)) {
                throw new DataException(
                        "E306",
                        "column '" + field.name() + "' must hold a date, as text or in seconds since 1970. Received: "
                                + number);
            }
            return number.doubleValue();
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        String text = text(value);
        if (text == null) {
            return Double.NaN;
        }
        try {
            return field.kind() == Kind.DATE ? seconds(field, text) : plain(field, text);
        } catch (NumberFormatException | DateTimeException e) {
            throw new DataException(
                    "E306", "column '" + field.name() + "' must hold a " + field.kind() + ". Received: '" + text + "'");
        }
    }

    private static double plain(Field field, String text) {
        String decimal = field.format();
        return decimal == null ? Double.parseDouble(text) : new NumberForm(decimal).parse(text);
    }

    private static double seconds(Field field, String text) {
        String format = field.format();
        return format == null ? IsoDate.seconds(text) : new DatePattern(format).seconds(text);
    }
}
