package org.lungo.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that are written with a decimal comma or with commas between thousands. Where both are possible (1,234), the
 * other columns of the file decide; where they do not, it stays open.
 */
final class DecimalLook {
    /** The number of rows that decide which columns are looked at as a whole. */
    private static final int SAMPLE = 10_000;

    private static final double NEARLY = 0.9;

    private final CloserLook look;
    private final @Nullable String given;

    /** How many values of a column have the form of each separator, in the order of {@link NumberForm#SEPARATORS}. */
    private record Fit(ColumnProfile column, List<Long> counts) {
        /** The separators that fit at least this share of the values, and more than are numbers anyway. */
        List<String> separators(double share) {
            List<String> separators = new ArrayList<>();
            for (int i = 0; i < NumberForm.SEPARATORS.size(); i++) {
                if (counts.get(i) > column.numbers() && counts.get(i) >= share * column.present()) {
                    separators.add(NumberForm.SEPARATORS.get(i));
                }
            }
            return separators;
        }
    }

    DecimalLook(CloserLook look, @Nullable String given) {
        this.look = look;
        this.given = given;
    }

    /**
     * For columns whose texts are all or nearly all numbers the possible separators.
     *
     * @param fitting receives the columns that one separator fits as a whole
     */
    Map<String, List<String>> at(List<ColumnProfile> columns, Map<String, String> fitting) throws SQLException {
        List<Fit> fits = fits(columns.stream()
                .filter(column -> column.isWords() && !column.codes())
                .toList());
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Fit fit : fits) {
            List<String> all = fit.separators(1);
            List<String> separators = all.isEmpty() ? fit.separators(NEARLY) : all;
            if (given != null && !separators.isEmpty()) {
                separators = separators.contains(given) ? List.of(given) : List.of();
            }
            if (!separators.isEmpty()) {
                found.put(fit.column().name(), separators);
            }
        }
        String common = given != null ? given : common(fits);
        for (Fit fit : fits) {
            String name = fit.column().name();
            List<String> separators = found.getOrDefault(name, List.of());
            if (common != null && separators.contains(common)) {
                found.put(name, List.of(common));
            }
            List<String> forms = found.getOrDefault(name, List.of());
            if (forms.size() == 1 && fit.separators(1).contains(forms.get(0))) {
                fitting.put(name, forms.get(0));
            }
        }
        if (",".equals(common)) {
            for (String name : pointsBetweenThousands(columns)) {
                found.put(name, List.of(common));
                fitting.put(name, common);
            }
        }
        return found;
    }

    /** The number columns of a file with decimal commas whose points can all stand between thousands. */
    private List<String> pointsBetweenThousands(List<ColumnProfile> columns) throws SQLException {
        List<ColumnProfile> numbers =
                columns.stream().filter(column -> column.kind() == Kind.NUMBER).toList();
        NumberForm comma = NumberForm.COMMA;
        List<Long> points = look.counts(expressions(numbers, clean -> "contains(" + clean + ", '.')"), Long.MAX_VALUE);
        List<Long> matches = look.counts(expressions(numbers, comma::matches), Long.MAX_VALUE);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (points.get(i) > 0 && matches.get(i) == numbers.get(i).present()) {
                names.add(numbers.get(i).name());
            }
        }
        return names;
    }

    /** The separator of all columns that only one fits, or null. */
    private static @Nullable String common(List<Fit> fits) {
        List<String> separators = fits.stream()
                .map(fit -> fit.separators(1))
                .filter(all -> all.size() == 1)
                .map(all -> all.get(0))
                .distinct()
                .toList();
        return separators.size() == 1 ? separators.get(0) : null;
    }

    private List<Fit> fits(List<ColumnProfile> columns) throws SQLException {
        List<ColumnProfile> likely = new ArrayList<>();
        List<Long> sample = look.counts(expressions(columns, clean -> clean + " IS NOT NULL"), SAMPLE);
        List<Long> matches = look.counts(expressions(columns, DecimalLook::either), SAMPLE);
        for (int i = 0; i < columns.size(); i++) {
            if (matches.get(i) > 0 && 2 * matches.get(i) >= sample.get(i)) {
                likely.add(columns.get(i));
            }
        }
        List<Fit> fits = new ArrayList<>();
        List<Long> comma = look.counts(expressions(likely, NumberForm.COMMA::matches), Long.MAX_VALUE);
        List<Long> point = look.counts(expressions(likely, NumberForm.POINT::matches), Long.MAX_VALUE);
        for (int i = 0; i < likely.size(); i++) {
            fits.add(new Fit(likely.get(i), List.of(comma.get(i), point.get(i))));
        }
        return fits;
    }

    private static String either(String clean) {
        return NumberForm.COMMA.matches(clean) + " OR " + NumberForm.POINT.matches(clean);
    }

    private List<String> expressions(List<ColumnProfile> columns, Function<String, String> condition) {
        return columns.stream()
                .map(column -> "count(*) FILTER (WHERE " + condition.apply(look.clean(column)) + ")")
                .toList();
    }
}
