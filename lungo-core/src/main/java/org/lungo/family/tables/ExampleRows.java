package org.lungo.family.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DateTexts;
import org.lungo.data.Field;
import org.lungo.data.Kind;

/** Rows to try a model with: its golden rows, as somebody would write them. */
final class ExampleRows {
    private static final double EXACT = 1L << 53; // below it, floating point has every whole number

    private ExampleRows() {}

    /**
     * The golden rows, which hold dates in seconds and all numbers in floating point, with dates as the training data had
     * them, and 26 for 26.0 in columns of whole numbers.
     */
    static List<Map<String, @Nullable Object>> of(Predictor predictor) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        predictor.golden().rows().forEach(row -> rows.add(new LinkedHashMap<>(row)));
        for (Field field : predictor.features().fields()) {
            if (field.kind() == Kind.DATE) {
                write(field, rows);
            } else if (field.kind() == Kind.NUMBER && rows.stream().allMatch(row -> isWhole(row.get(field.name())))) {
                rows.forEach(row -> row.computeIfPresent(field.name(), (name, value) -> ((Number) value).longValue()));
            }
        }
        return rows;
    }

    /** A missing value does not tell a column of numbers with decimals. */
    private static boolean isWhole(@Nullable Object value) {
        return value == null
                || value instanceof Number number
                        && Math.abs(number.doubleValue()) < EXACT
                        && number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static void write(Field field, List<Map<String, @Nullable Object>> rows) {
        List<Double> seconds = rows.stream()
                .map(row -> row.get(field.name()))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .toList();
        DateTexts texts = DateTexts.of(field, seconds);
        for (Map<String, @Nullable Object> row : rows) {
            if (row.get(field.name()) instanceof Number value) {
                row.put(field.name(), texts.text(value.doubleValue()));
            }
        }
    }
}
