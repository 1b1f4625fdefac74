package org.lungo.preprocess;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Spelling;
import org.lungo.data.TextColumn;

/** Counts the values of category columns. */
final class CategoryCounts {
    private CategoryCounts() {}

    /** The values that occur at least {@code minCount} times, the most frequent first, equal ones by name. */
    static Vocabulary vocabulary(TextColumn column, int minCount) {
        return new Vocabulary(counts(column).entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList());
    }

    static Map<String, Integer> counts(TextColumn column) {
        Map<String, Integer> counts = new HashMap<>();
        for (@Nullable String value : column.values()) {
            if (value != null) {
                counts.merge(Spelling.of(value), 1, Integer::sum);
            }
        }
        return counts;
    }
}
