package org.lungo.data;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table of rows that come one at a time, from JSON or Java, by the same rules as a file's: texts are trimmed, the
 * given texts stand for a missing value, numbers may come as text, objects within a row become columns. Needs no database.
 */
public final class RowParser {
    /** About the year 300,000. */
    private static final double FARTHEST_SECONDS = 1e13;

    private final List<Reading> readings;
    private final Set<String> missing;

    /** A column, and how its texts are read as numbers; null for a column of texts. */
    private record Reading(Field field, @Nullable ToDoubleFunction<String> form) {}

    /**
     * A parser of rows.
     *
     * @param schema the columns that are wanted
     * @param missing the texts that stand for a missing value
     */
    public RowParser(Schema schema, List<String> missing) {
        this.readings = schema.fields().stream()
                .map(field -> new Reading(field, form(field)))
                .toList();
        this.missing = Set.copyOf(missing);
    }

    private static @Nullable ToDoubleFunction<String> form(Field field) {
        String format = field.format();
        return switch (field.kind()) {
            case NUMBER ->
                format == null ? NumberForm::plain : NumberForm.of(format).reader();
            case DATE -> format == null ? IsoDate::seconds : new DatePattern(format)::seconds;
            default -> null;
        };
    }

    /**
     * The rows as a table. Columns that a row lacks are missing in it; columns that the schema lacks are ignored.
     *
     * @throws DataException when a number or date column gets something else
     */
    public Table parse(List<? extends Map<String, ?>> rows) {
        List<Column> columns = new ArrayList<>();
        for (Reading reading : readings) {
            ToDoubleFunction<String> form = reading.form();
            columns.add(form == null ? texts(reading.field(), rows) : numbers(reading.field(), form, rows));
        }
        return Table.of(columns);
    }

    private Column numbers(Field field, ToDoubleFunction<String> form, List<? extends Map<String, ?>> rows) {
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(field, form, value(rows.get(i), field.name()));
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
        String text = Spelling.of(value);
        return missing.contains(text) ? null : text;
    }

    private double number(Field field, ToDoubleFunction<String> form, @Nullable Object value) {
        if (value instanceof Number number) {
            if (field.kind() == Kind.DATE && !(Math.abs(number.doubleValue()) <= FARTHEST_SECONDS)) {
                throw new DataException(
                        "E306",
                        "column '" + field.name() + "' must hold a date, as text or in seconds since 1970. Received: "
                                + number);
            }
            return number.doubleValue();
        }
        String text = text(value);
        if (text == null) {
            return Double.NaN;
        }
        try {
            return form.applyAsDouble(text);
        } catch (NumberFormatException | DateTimeException e) {
            String received = value instanceof Boolean ? text : "'" + text + "'";
            throw new DataException(
                    "E306",
                    "column '" + field.name() + "' must hold a " + field.kind() + field.inForm() + ". Received: "
                            + received);
        }
    }
}
