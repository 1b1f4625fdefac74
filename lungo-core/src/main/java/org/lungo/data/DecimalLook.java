package org.lungo.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    private final CloserLook look;
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

    DecimalLook(CloserLook look, @Nullable String given) {
        this.look = look;
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
        List<Long> matches = look.counts(expressions(columns, NumberForm::matchesAny), SAMPLE);
        for (int i = 0; i < columns.size(); i++) {
            if (matches.get(i) > 0 && 2 * matches.get(i) >= sample.get(i)) {
                likely.add(columns.get(i));
            }
        }
        List<String> marks = marks(likely);
        List<String> counted = new ArrayList<>();
        for (int i = 0; i < likely.size(); i++) {
            String clean = look.clean(likely.get(i));
            for (String separator : NumberForm.SEPARATORS) {
                counted.add(count(new NumberForm(separator, marks.get(i)).matches(clean)));
                counted.add(count("contains(" + clean + ", '" + separator + "')"));
            }
        }
        List<Long> counts = look.counts(counted, Long.MAX_VALUE);
        List<Fit> fits = new ArrayList<>();
        for (int i = 0; i < likely.size(); i++) {
            List<Long> own = counts.subList(4 * i, 4 * i + 4);
            fits.add(new Fit(
                    likely.get(i), marks.get(i), List.of(own.get(0), own.get(2)), List.of(own.get(1), own.get(3))));
        }
        return fits;
    }

    /** The mark of each column: one currency sign, or a percent sign in every value; else an empty text. */
    private List<String> marks(List<ColumnProfile> columns) throws SQLException {
        List<String> expressions = new ArrayList<>();
        for (ColumnProfile column : columns) {
            String mark = "nullif(regexp_extract(" + look.clean(column) + ", " + Sql.quote(NumberForm.MARKS) + "), '')";
            expressions.add("CASE WHEN min(" + mark + ") = max(" + mark + ") AND (min(" + mark + ") <> '%' OR count("
                    + mark + ") = count(" + look.clean(column) + ")) THEN min(" + mark + ") END");
        }
        return look.texts(expressions);
    }

    private List<String> expressions(List<ColumnProfile> columns, Function<String, String> condition) {
        return columns.stream()
                .map(column -> count(condition.apply(look.clean(column))))
                .toList();
    }

    private static String count(String condition) {
        return "count(*) FILTER (WHERE " + condition + ")";
    }
}
