package org.lungo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Finds columns of which two together fit the target almost exactly, by least squares. There are many pairs: all are tried on a
 * few rows, those that fit there nearly are tried on all.
 *
 * @param answers the target with mean 0 and deviation 1
 */
record LeakingPairs(double[] answers) {
    private static final double LEAK = 0.9999;

    /** What fits all rows to {@link #LEAK} fits the few to this, unless a hundred times its error falls on them. */
    private static final double NEARLY = 0.99;

    /** A pair whose columns are almost the same says no more than one of them. */
    private static final double SAME = 0.9999;

    private static final int FEW = 512;

    /** The number of columns whose pairs are tried at a time. */
    private static final int BLOCK = 512;

    /** A column with mean 0 and deviation 1, and its correlation with the target. */
    record Standardised(String name, double[] values, double correlation) {
        static Standardised of(String name, double[] numbers, double[] answers) {
            double[] values = standard(numbers);
            return new Standardised(name, values, mean(values, answers));
        }
    }

    /** The names of the columns of such pairs. */
    Set<String> among(List<Standardised> columns) {
        Set<String> suspects = new TreeSet<>();
        if (columns.size() < 2) {
            return suspects;
        }
        int[] few = few();
        double[] some = standard(select(answers, few));
        List<Standardised> small = columns.stream()
                .map(column -> Standardised.of(column.name(), select(column.values(), few), some))
                .toList();
        for (int from = 0; from < columns.size(); from += BLOCK) {
            int to = Math.min(columns.size(), from + BLOCK);
            float[] correlations = correlations(small.subList(from, to), small); // [to - from, columns]
            for (int i = from; i < to; i++) {
                for (int j = 0; j < i; j++) {
                    double together = correlations[(i - from) * columns.size() + j];
                    if (explained(small.get(i), small.get(j), together) > NEARLY
                            && fits(columns.get(i), columns.get(j), suspects)) {
                        suspects.add(columns.get(i).name());
                        suspects.add(columns.get(j).name());
                    }
                }
            }
        }
        return suspects;
    }

    /** Whether a pair that says something new fits all rows. */
    private static boolean fits(Standardised a, Standardised b, Set<String> suspects) {
        if (suspects.contains(a.name()) && suspects.contains(b.name())) {
            return false;
        }
        double together = mean(a.values(), b.values());
        return together * together < SAME && explained(a, b, together) > LEAK;
    }

    /** The share of the target that two columns with this correlation explain. */
    private static double explained(Standardised a, Standardised b, double together) {
        double ra = a.correlation();
        double rb = b.correlation();
        return (ra * ra + rb * rb - 2 * ra * rb * together) / Math.max(1e-12, 1 - together * together);
    }

    /** All rows, or of many half with answers far from the mean, where a rare class is, and half of the others, evenly. */
    private int[] few() {
        if (answers.length <= FEW) {
            return IntStream.range(0, answers.length).toArray();
        }
        List<Integer> far = IntStream.range(0, answers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -Math.abs(answers[row])))
                .toList();
        List<Integer> others = far.subList(FEW / 2, far.size());
        List<Integer> few = new ArrayList<>(far.subList(0, FEW / 2));
        for (int i = 0; i < FEW / 2; i++) {
            few.add(others.get((int) ((long) i * others.size() / (FEW / 2))));
        }
        return few.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static double[] select(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /** The correlations of each of {@code some} with each of {@code all}: [some, all], row-major. */
    private static float[] correlations(List<Standardised> some, List<Standardised> all) {
        try (Scope scope = Scope.inference()) {
            Tensor a = matrix(some); // [some, rows]
            Tensor b = matrix(all); // [all, rows]
            return a.matmul(b.transpose(0, 1)).toFloats();
        }
    }

    /** [columns, rows], divided by the square root of the number of rows. */
    private static Tensor matrix(List<Standardised> columns) {
        int rows = columns.get(0).values().length;
        float[] values = new float[columns.size() * rows];
        double length = Math.sqrt(rows);
        for (int column = 0; column < columns.size(); column++) {
            double[] numbers = columns.get(column).values();
            for (int row = 0; row < rows; row++) {
                values[column * rows + row] = (float) (numbers[row] / length);
            }
        }
        return Tensor.of(values, columns.size(), rows);
    }

    /** Mean 0 and deviation 1; missing ones become the mean. */
    static double[] standard(double... values) {
        double sum = 0;
        int present = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                present++;
            }
        }
        double mean = present == 0 ? 0 : sum / present;
        double squares = 0;
        for (double value : values) {
            squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        double deviation = squares > 0 ? Math.sqrt(squares / values.length) : 1;
        double[] standard = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            standard[row] = Double.isNaN(values[row]) ? 0 : (values[row] - mean) / deviation;
        }
        return standard;
    }

    private static double mean(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }
}
