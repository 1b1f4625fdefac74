package org.lungo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Looks for columns that contain the target. A column is suspected when the target can be predicted from its values, or from
 * whether it has one, almost without error; two numbers when the target is almost exactly a sum of their multiples. All
 * measures count what is explained beyond the best constant answer, so that a rare class raises no suspicion.
 */
final class Leakage {
    /** A column that explains more of the target than this is suspected to contain it. */
    private static final double LEAK = 0.98;

    private static final double COMBINED_LEAK = 0.9999;

    /** The number of columns that are compared with another at a time. Their values stay in the processor's cache. */
    private static final int BLOCK = 64;

    /** Groups of fewer rows on average explain too much by chance. */
    private static final int ROWS_PER_GROUP = 5;

    private final Column target;
    private final double[] answers;

    /** A column with mean 0 and deviation 1, and its correlation with the target. */
    private record Standardised(String name, double[] values, double correlation) {}

    private Leakage(Column target) {
        this.target = target;
        this.answers = standard(target instanceof NumberColumn numbers ? numbers.values() : places());
    }

    /** The names of the suspected columns in alphabetical order. */
    static Set<String> suspects(Table table, String target) {
        Leakage leakage = new Leakage(table.column(target));
        Set<String> suspects = new TreeSet<>();
        List<Standardised> others = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.name().equals(target)) {
                continue;
            }
            if (leakage.explained(column::text) > LEAK
                    || leakage.explained(row -> String.valueOf(column.missing(row))) > LEAK) {
                suspects.add(column.name());
            } else if (column instanceof NumberColumn numbers) {
                Standardised standardised = leakage.standardised(numbers);
                if (Math.abs(standardised.correlation()) > LEAK) {
                    suspects.add(column.name());
                } else {
                    others.add(standardised);
                }
            }
        }
        suspects.addAll(pairs(others));
        return suspects;
    }

    /** The share of the target that groups of rows explain; 0 where groups are too small to say. */
    private double explained(IntFunction<String> group) {
        Map<String, List<Integer>> groups = new HashMap<>();
        for (int row = 0; row < target.rows(); row++) {
            groups.computeIfAbsent(group.apply(row), key -> new ArrayList<>()).add(row);
        }
        if (groups.size() < 2 || groups.size() > target.rows() / ROWS_PER_GROUP) {
            return 0;
        }
        return target instanceof NumberColumn ? variance(groups) : hits(groups);
    }

    /** Of the rows that the most frequent class misses, the share that the most frequent class of each group hits. */
    private double hits(Map<String, List<Integer>> groups) {
        Map<String, Integer> all = new HashMap<>();
        int hits = 0;
        for (List<Integer> rows : groups.values()) {
            Map<String, Integer> own = new HashMap<>();
            rows.forEach(row -> own.merge(target.text(row), 1, Integer::sum));
            own.forEach((name, count) -> all.merge(name, count, Integer::sum));
            hits += Collections.max(own.values());
        }
        int constant = Collections.max(all.values());
        return constant == target.rows() ? 0 : (hits - constant) / (double) (target.rows() - constant);
    }

    /** The share of the target's variance that lies between the groups' means. */
    private double variance(Map<String, List<Integer>> groups) {
        double between = 0;
        for (List<Integer> rows : groups.values()) {
            double sum = rows.stream().mapToDouble(row -> answers[row]).sum();
            between += sum * sum / rows.size();
        }
        return between / answers.length;
    }

    private Standardised standardised(NumberColumn column) {
        double[] values = standard(column.values());
        return new Standardised(column.name(), values, mean(values, answers));
    }

    /** The place of each row's class in the order of names. */
    private double[] places() {
        Map<String, Integer> places = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (int row = 0; row < target.rows(); row++) {
            names.add(target.text(row));
        }
        names.forEach(name -> places.put(name, places.size()));
        double[] numbers = new double[target.rows()];
        Arrays.setAll(numbers, row -> places.getOrDefault(target.text(row), 0));
        return numbers;
    }

    /** Columns of which two together fit the target almost exactly, by least squares. */
    private static Set<String> pairs(List<Standardised> columns) {
        Set<String> suspects = new TreeSet<>();
        for (int from = 0; from < columns.size(); from += BLOCK) {
            List<Standardised> block = columns.subList(from, Math.min(columns.size(), from + BLOCK));
            double[][] rows = rows(block);
            for (int i = from + 1; i < columns.size(); i++) {
                double[] correlations = correlations(columns.get(i), rows);
                for (int j = 0; j < block.size() && from + j < i; j++) {
                    double ri = columns.get(i).correlation();
                    double rj = block.get(j).correlation();
                    double rij = correlations[j];
                    double explained = (ri * ri + rj * rj - 2 * ri * rj * rij) / Math.max(1e-12, 1 - rij * rij);
                    if (rij * rij < 0.9999 && explained > COMBINED_LEAK) {
                        suspects.add(columns.get(i).name());
                        suspects.add(block.get(j).name());
                    }
                }
            }
        }
        return suspects;
    }

    /** The values of some columns, row by row. */
    private static double[][] rows(List<Standardised> columns) {
        double[][] rows = new double[columns.get(0).values().length][columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            for (int row = 0; row < rows.length; row++) {
                rows[row][column] = columns.get(column).values()[row];
            }
        }
        return rows;
    }

    /** The correlations of a column with those of a block. All advance together, which is how a processor is fast at it. */
    private static double[] correlations(Standardised column, double[][] rows) {
        double[] sums = new double[rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            double value = column.values()[row];
            double[] others = rows[row];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += value * others[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= rows.length;
        }
        return sums;
    }

    /** Mean 0 and deviation 1; missing ones become the mean. */
    private static double[] standard(double... values) {
        double mean =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(0);
        double variance = Arrays.stream(values)
                        .filter(v -> !Double.isNaN(v))
                        .map(v -> (v - mean) * (v - mean))
                        .sum()
                / values.length;
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        return Arrays.stream(values)
                .map(v -> Double.isNaN(v) ? 0 : (v - mean) / deviation)
                .toArray();
    }

    private static double mean(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }
}
