package org.lungo.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds dates that are written in another form than ISO 8601.
 *
 * @param own the forms that the user names, which are tried first
 */
record DateLook(Looks looks, List<String> own) {
    /**
     * Those of the columns of words whose values are all dates in one form.
     *
     * @param found receives for each column the forms that fit, best first
     */
    Set<String> at(List<ColumnProfile> columns, Map<String, List<String>> found) throws SQLException {
        Set<String> dates = new HashSet<>();
        Map<String, List<Long>> counts = own(columns);
        List<ColumnProfile> others = new ArrayList<>();
        for (ColumnProfile column : columns) {
            int first = Objects.requireNonNull(counts.get(column.name())).indexOf(column.present());
            if (first >= 0) {
                found.put(column.name(), List.of(own.get(first)));
                dates.add(column.name());
            } else {
                others.add(column);
            }
        }
        Map<String, List<String>> forms = common(others, counts);
        for (ColumnProfile column : others) {
            List<Long> fits = Objects.requireNonNull(counts.get(column.name()));
            List<String> fitting =
                    DateFormats.fitting(Objects.requireNonNull(forms.get(column.name())), fits, column.present());
            if (!fitting.isEmpty()) {
                found.put(column.name(), fitting);
            }
            if (fitting.size() == 1 && fits.contains(column.present())) {
                dates.add(column.name());
            }
        }
        return dates;
    }

    /** How many values of each column have each of the user's forms. */
    private Map<String, List<Long>> own(List<ColumnProfile> columns) throws SQLException {
        List<String> names = columns.stream().map(ColumnProfile::name).toList();
        List<Looks.Condition> conditions = own.stream()
                .map(format -> (Looks.Condition) text -> Sql.date(text, format) + " IS NOT NULL")
                .toList();
        List<List<Long>> counts = own.isEmpty() ? List.of() : looks.counts(names, conditions, Long.MAX_VALUE);
        Map<String, List<Long>> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), counts.isEmpty() ? new ArrayList<>() : new ArrayList<>(counts.get(i)));
        }
        return byName;
    }

    /** The user's and the common forms of each column; how many values have the common ones is added to {@code counts}. */
    private Map<String, List<String>> common(List<ColumnProfile> columns, Map<String, List<Long>> counts)
            throws SQLException {
        Map<String, List<String>> forms = new HashMap<>();
        Map<String, List<String>> columnsOf = new HashMap<>();
        for (ColumnProfile column : columns) {
            List<String> common = DateFormats.common(column.examples());
            common.forEach(format ->
                    columnsOf.computeIfAbsent(format, f -> new ArrayList<>()).add(column.name()));
            forms.put(column.name(), new ArrayList<>(own));
        }
        for (String format : DateFormats.COMMON) {
            List<String> names = columnsOf.getOrDefault(format, List.of());
            List<List<Long>> fits = looks.counts(
                    names,
                    List.of(text ->
                            "year(TRY_STRPTIME(" + text + ", " + Sql.quote(format) + ")) >= " + DateFormats.FIRST_YEAR),
                    Long.MAX_VALUE);
            for (int i = 0; i < names.size(); i++) {
                Objects.requireNonNull(counts.get(names.get(i))).add(fits.get(i).get(0));
                Objects.requireNonNull(forms.get(names.get(i))).add(format);
            }
        }
        return forms;
    }
}
