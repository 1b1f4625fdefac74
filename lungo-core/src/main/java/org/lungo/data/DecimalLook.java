package org.lungo.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that are written in another form than that of programming languages, see {@link NumberForm}. Where a comma may
 * be a decimal one or stand between thousands (1,234), a currency sign decides, else the other columns of the file; where they
 * do not, it stays open.
 */
final class DecimalLook {
    /** The number of rows that decide which columns are looked at as a whole. */
    private static final int SAMPLE = 10_000;

    private static final double NEARLY = 0.9;

    private final Looks looks;
    private final @Nullable String given;

    /**
     * What the values of a column may be.
     *
     * @param mark that stands with them, or an empty text
     * @param counts how many have the form of each separator, in the order of {@link NumberForm#SEPARATORS}
     * @param holds how many hold each separator, in the same order
     */
    private record Fit(ColumnProfile column, String mark, List<Long> counts, List<Long> holds) {
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

        /** The separator where both fit: three digits behind every one of prices are thousands, and a point alone is decimal. */
        List<String> decided(List<String> separators) {
            boolean commas = holds.get(0) > 0;
            boolean points = holds.get(1) > 0;
            if (separators.size() < 2 || commas && points) {
                return separators;
            }
            boolean price = !mark.isEmpty() && !mark.equals(NumberForm.PERCENT);
            return commas ? price ? List.of(".") : separators : List.of(points && price ? "," : ".");
        }

        String format(String separator) {
            return separator + mark;
        }
    }

    DecimalLook(Looks looks, @Nullable String given) {
        this.looks = looks;
        this.given = given;
    }

    /**
     * For columns whose texts are all or nearly all numbers the possible {@linkplain NumberForm#format forms}.
     *
     * @param fitting receives the columns that one form fits as a whole
     */
    Map<String, List<String>> at(List<ColumnProfile> columns, Map<String, String> fitting) throws SQLException {
        List<Fit> fits = fits(columns.stream()
                .filter(column -> column.isWords() && !column.codes())
                .toList());
        String common = given != null ? given : common(fits);
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Fit fit : fits) {
            List<String> separators = possible(fit, common);
            if (!separators.isEmpty()) {
                found.put(
                        fit.column().name(),
                        separators.stream().map(fit::format).toList());
            }
            if (separators.size() == 1 && fit.separators(1).contains(separators.get(0))) {
                fitting.put(fit.column().name(), fit.format(separators.get(0)));
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

    private List<String> possible(Fit fit, @Nullable String common) {
        List<String> all = fit.separators(1);
        List<String> separators = all.isEmpty() ? fit.separators(NEARLY) : all;
        if (common != null && separators.contains(common)) {
            return List.of(common);
        }
        return given != null ? List.of() : fit.decided(separators);
    }

    /** The number columns of a file with decimal commas whose points can all stand between thousands. */
    private List<String> pointsBetweenThousands(List<ColumnProfile> columns) throws SQLException {
        List<ColumnProfile> numbers =
                columns.stream().filter(column -> column.kind() == Kind.NUMBER).toList();
        List<List<Long>> counts = looks.counts(
                names(numbers), List.of(text -> contains(text, "."), NumberForm.COMMA::matches), Long.MAX_VALUE);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (counts.get(i).get(0) > 0
                    && counts.get(i).get(1) == numbers.get(i).present()) {
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
        List<List<Long>> sample =
                looks.counts(names(columns), List.of(text -> text + " IS NOT NULL", NumberForm::matchesAny), SAMPLE);
        List<ColumnProfile> likely = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long matches = sample.get(i).get(1);
            if (matches > 0 && 2 * matches >= sample.get(i).get(0)) {
                likely.add(columns.get(i));
            }
        }
        List<String> marks = marks(likely);
        Map<String, Fit> fits = new HashMap<>();
        for (String mark : new LinkedHashSet<>(marks)) {
            List<ColumnProfile> marked = IntStream.range(0, likely.size())
                    .filter(i -> mark.equals(marks.get(i)))
                    .mapToObj(likely::get)
                    .toList();
            List<Looks.Condition> conditions = new ArrayList<>();
            for (String separator : NumberForm.SEPARATORS) {
                conditions.add(new NumberForm(separator, mark)::matches);
                conditions.add(text -> contains(text, separator));
            }
            List<List<Long>> counts = looks.counts(names(marked), conditions, Long.MAX_VALUE);
            for (int i = 0; i < marked.size(); i++) {
                List<Long> own = counts.get(i);
                fits.put(
                        marked.get(i).name(),
                        new Fit(marked.get(i), mark, List.of(own.get(0), own.get(2)), List.of(own.get(1), own.get(3))));
            }
        }
        return likely.stream()
                .map(column -> Objects.requireNonNull(fits.get(column.name())))
                .toList();
    }

    /** The mark of each column: one currency sign, or a percent sign in every value; else an empty text. */
    private List<String> marks(List<ColumnProfile> columns) throws SQLException {
        return looks.ask(
                names(columns),
                (text, number, own) -> {
                    String mark = "nullif(regexp_extract(" + text + ", " + Sql.quote(NumberForm.MARKS) + "), '')";
                    return "CASE WHEN min(" + mark + ") = max(" + mark + ") AND (min(" + mark + ") <> '%' OR count("
                            + mark + ") = count(" + text + ")) THEN min(" + mark + ") END";
                },
                1,
                (name, row, at) -> {
                    String mark = row.getString(at);
                    return mark == null ? "" : mark;
                });
    }

    private static List<String> names(List<ColumnProfile> columns) {
        return columns.stream().map(ColumnProfile::name).toList();
    }

    private static String contains(String text, String part) {
        return "contains(" + text + ", '" + part + "')";
    }
}
