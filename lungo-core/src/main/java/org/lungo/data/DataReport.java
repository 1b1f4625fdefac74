package org.lungo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for what spoils a model: columns that say nothing, columns that say the answer, rows that occur twice. */
public final class DataReport {
    /** A column, or two together, that explain more of the target than this are suspected to contain it. */
    private static final double LEAK = 0.98;

    private static final double COMBINED_LEAK = 0.9999;

    /** A column with mean 0 and deviation 1. */
    private record Standardised(String name, double[] values) {}

    private DataReport() {}

    /** Columns that cannot help: constants, identifiers, texts, and columns that are nearly numbers. */
    public static List<Finding> columns(Profile profile, Schema schema, String target) {
        List<Finding> findings = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            Kind kind = schema.kind(column.name());
            if (column.name().equals(target) || kind == Kind.IGNORE) {
                continue;
            }
            if (column.present() == 0 || column.distinct() <= 1 && column.present() == profile.rows()) {
                findings.add(new Finding(
                        Finding.Kind.CONSTANT, column.name(), "'" + column.name() + "' is the same in every row"));
            } else if (isIdentifier(column, kind, profile.rows())) {
                findings.add(new Finding(
                        Finding.Kind.IDENTIFIER,
                        column.name(),
                        "'" + column.name() + "' names rows and cannot help with new ones"));
            } else if (kind == Kind.TEXT) {
                findings.add(new Finding(
                        Finding.Kind.TEXT,
                        column.name(),
                        "'" + column.name() + "' is free text, which models for tables do not read"));
            } else if (kind == Kind.CATEGORY && column.mixed()) {
                findings.add(new Finding(
                        Finding.Kind.MIXED,
                        column.name(),
                        "'" + column.name() + "' holds numbers in " + column.numbers() + " of " + column.present()
                                + " rows and text in the others; it is read as a category. If the text stands for a"
                                + " missing value, add it to data.read.missing"));
            }
        }
        return findings;
    }

    private static boolean isIdentifier(ColumnProfile column, @Nullable Kind kind, long rows) {
        boolean unique = column.distinct() >= 0.95 * rows;
        String name = column.name().toLowerCase(Locale.ROOT);
        boolean named = name.equals("id") || name.endsWith("_id") || name.equals("uuid") || name.equals("index");
        boolean counter = column.range().max() - column.range().min() == rows - 1 && rows > 2;
        return unique && (kind == Kind.CATEGORY || kind == Kind.NUMBER && (named || counter));
    }

    /** Columns that seem to contain the target: in production they will not be known, or the model is not needed. */
    public static List<Finding> leakage(Table table, String target) {
        double[] answers = numbers(table.column(target));
        List<Standardised> standardised = new ArrayList<>();
        Set<String> suspects = new TreeSet<>();
        for (Column column : table.columns()) {
            if (column.name().equals(target)) {
                continue;
            }
            if (column instanceof NumberColumn) {
                standardised.add(new Standardised(column.name(), standard(numbers(column))));
            } else if (purity((TextColumn) column, table.column(target)) > LEAK) {
                suspects.add(column.name());
            }
        }
        correlations(standardised, standard(answers), suspects);
        return suspects.stream()
                .map(name -> new Finding(
                        Finding.Kind.LEAKAGE,
                        name,
                        "'" + name + "' seems to contain the target '" + target
                                + "'; if it is not known when the model is used, leave it out with features."
                                + name + ": ignore"))
                .toList();
    }

    /** One column alone with |r| above the limit, or two whose least-squares fit is almost exact. */
    private static void correlations(List<Standardised> columns, double[] answers, Set<String> suspects) {
        for (int i = 0; i < columns.size(); i++) {
            double ri = mean(columns.get(i).values(), answers);
            if (Math.abs(ri) > LEAK) {
                suspects.add(columns.get(i).name());
                continue;
            }
            for (int j = 0; j < i; j++) {
                double rj = mean(columns.get(j).values(), answers);
                double rij = mean(columns.get(i).values(), columns.get(j).values());
                double explained = (ri * ri + rj * rj - 2 * ri * rj * rij) / Math.max(1e-12, 1 - rij * rij);
                if (rij * rij < 0.9999 && explained > COMBINED_LEAK) {
                    suspects.add(columns.get(i).name());
                    suspects.add(columns.get(j).name());
                }
            }
        }
    }

    /** The share of rows whose target is the most frequent one of their category; 0 for nearly unique categories. */
    private static double purity(TextColumn column, Column target) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (int row = 0; row < column.rows(); row++) {
            counts.computeIfAbsent(column.text(row), key -> new HashMap<>()).merge(target.text(row), 1, Integer::sum);
        }
        if (counts.size() < 2 || counts.size() > column.rows() / 5 || target instanceof NumberColumn) {
            return 0;
        }
        int pure = counts.values().stream()
                .mapToInt(targets ->
                        targets.values().stream().mapToInt(c -> c).max().orElse(0))
                .sum();
        return pure / (double) column.rows();
    }

    /** Rows that occur twice in {@code train}, and rows that {@code test} shares with it. Rows are compared by a hash. */
    public static List<Finding> duplicates(Rows train, Table test) {
        List<Finding> findings = new ArrayList<>();
        long[] seen = hashes(train, test.names());
        Arrays.sort(seen);
        int twice = 0;
        for (int i = 1; i < seen.length; i++) {
            twice += seen[i] == seen[i - 1] ? 1 : 0;
        }
        int shared = 0;
        for (long hash : hashes(test, test.names())) {
            shared += Arrays.binarySearch(seen, hash) >= 0 ? 1 : 0;
        }
        if (twice > 0) {
            findings.add(new Finding(Finding.Kind.DUPLICATES, "", twice + " training rows occur more than once"));
        }
        if (shared > 0) {
            findings.add(new Finding(
                    Finding.Kind.DUPLICATES,
                    "",
                    shared + " test rows are also training rows; the test is too kind by these"));
        }
        return findings;
    }

    private static long[] hashes(Rows rows, List<String> columns) {
        long[] hashes = new long[rows.rows()];
        int[] filled = {0};
        rows.forEachChunk(chunk -> {
            for (String name : columns) {
                chunk.column(name).hash(hashes, filled[0]);
            }
            filled[0] += chunk.rows();
        });
        return hashes;
    }

    /** Numbers as they are, classes by their place in the order of their names; missing ones as the mean. */
    private static double[] numbers(Column column) {
        if (column instanceof NumberColumn numbers) {
            return numbers.values();
        }
        List<String> names = new ArrayList<>(new TreeSet<>(
                IntStream.range(0, column.rows()).mapToObj(column::text).toList()));
        double[] places = new double[column.rows()];
        for (int row = 0; row < places.length; row++) {
            places[row] = names.indexOf(column.text(row));
        }
        return places;
    }

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
