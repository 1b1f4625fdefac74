package org.lungo.family.tables.training;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.Column;
import org.lungo.data.Finding;
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.evaluate.Metric;
import org.lungo.evaluate.PermutationImportance;
import org.lungo.evaluate.PermutationImportance.Importance;
import org.lungo.evaluate.Predictions;
import org.lungo.family.tables.TableBundle;

/**
 * The importance of a model's columns. All rows are predicted again for every column, so of a wide table only some columns are
 * measured, on some rows: those whose values go most with the predictions.
 *
 * @param findings what is left out
 */
record ColumnImportance(List<Importance> importance, List<Finding> findings) {
    /** A table of more columns is a wide one. */
    static final int COLUMNS = 128;

    private static final int MEASURED = 64;
    private static final int ROWS = 1000;

    static ColumnImportance of(TableBundle bundle, Table test, Predictions tested, Metric metric) {
        List<String> names = bundle.table().features().names();
        if (names.size() <= COLUMNS) {
            return new ColumnImportance(measure(bundle, names, test, tested, metric), List.of());
        }
        boolean fewer = test.rows() > ROWS;
        Table rows = fewer ? test.select(evenly(test.rows())) : test;
        Predictions intact = fewer ? Fitting.predict(bundle, rows) : tested;
        Map<String, Double> together = new HashMap<>();
        names.forEach(name -> together.put(name, together(rows.column(name), intact.scores())));
        List<String> measured = names.stream()
                .sorted(Comparator.comparingDouble(name -> -together.getOrDefault(name, 0.0)))
                .limit(MEASURED)
                .toList();
        String left = String.format(
                Locale.ROOT,
                "importance is measured for the %d columns of %,d whose values go most with the predictions, on %,d of %,d"
                        + " test rows; evaluate.importance: false leaves it out",
                MEASURED,
                names.size(),
                rows.rows(),
                test.rows());
        return new ColumnImportance(
                measure(bundle, measured, rows, intact, metric), List.of(new Finding(Finding.Kind.SAMPLED, "", left)));
    }

    private static List<Importance> measure(
            TableBundle bundle, List<String> names, Table test, Predictions intact, Metric metric) {
        return PermutationImportance.STANDARD.of(
                names,
                intact,
                metric,
                (feature, rows) -> Fitting.predict(bundle, shuffled(test, names.get(feature), rows)));
    }

    private static Table shuffled(Table table, String name, int... rows) {
        return Table.of(table.columns().stream()
                .map(column -> column.name().equals(name) ? column.select(rows) : column)
                .toList());
    }

    private static int[] evenly(int rows) {
        return IntStream.range(0, ROWS).map(i -> (int) ((long) i * rows / ROWS)).toArray();
    }

    /**
     * The largest share of a score's variance, from 0 to 1, that a straight line through a column's numbers explains, or the
     * means of its categories.
     */
    static double together(Column column, double[][] scores) {
        double largest = 0;
        boolean number = column instanceof NumberColumn;
        double[] numbers = number ? filled(((NumberColumn) column).values()) : new double[0];
        int places = number ? 1 : categories(column) - 1;
        for (int score = 0; score < scores[0].length; score++) {
            double[] values = new double[scores.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = scores[row][score];
            }
            double[] line = number ? numbers : means(column, values);
            double correlation = correlation(line, values);
            double unexplained = (1 - correlation * correlation) * (values.length - 1) / (values.length - 1 - places);
            double explained =
                    places >= values.length - 1 ? 0 : 1 - unexplained; // adjusted: many categories fit anything
            largest = Math.max(largest, explained);
        }
        return largest;
    }

    private static int categories(Column column) {
        return (int) IntStream.range(0, column.rows())
                .mapToObj(column::text)
                .distinct()
                .count();
    }

    private static double[] filled(double... numbers) {
        double mean = 0;
        int present = 0;
        for (double number : numbers) {
            if (!Double.isNaN(number)) {
                mean += (number - mean) / ++present;
            }
        }
        double[] filled = numbers.clone();
        for (int row = 0; row < filled.length; row++) {
            filled[row] = Double.isNaN(filled[row]) ? mean : filled[row];
        }
        return filled;
    }

    /** Of each row the mean of the values of all rows of its category. */
    private static double[] means(Column column, double... values) {
        Map<String, double[]> sums = new HashMap<>();
        for (int row = 0; row < values.length; row++) {
            double[] sum = sums.computeIfAbsent(column.text(row), text -> new double[2]);
            sum[0] += values[row];
            sum[1]++;
        }
        return IntStream.range(0, values.length)
                .mapToDouble(row -> {
                    double[] sum = sums.getOrDefault(column.text(row), new double[] {0, 1});
                    return sum[0] / sum[1];
                })
                .toArray();
    }

    private static double correlation(double[] a, double[] b) {
        double meanA =
                IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElse(0);
        double meanB =
                IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }
}
