package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.lungo.data.Column;
import org.lungo.data.DataException;
import org.lungo.data.NumberColumn;
import org.lungo.data.Rows;
import org.lungo.data.Spelling;
import org.lungo.data.Table;
import org.lungo.data.Task;

/**
 * What was learned from the target column, or from the target columns of a multi-label task.
 *
 * @param column its name; of several labels their names, for messages
 * @param classes the classes in order (numbers by size, texts by name), the labels' names, or empty for regression
 * @param mean of the target in regression
 * @param deviation the standard deviation of the target in regression
 * @param threshold the probability from which on a row is of the second of two classes, or has a label
 * @param labels of a multi-label task, else empty
 */
public record FittedTarget(
        String column,
        Task task,
        List<String> classes,
        double mean,
        double deviation,
        double threshold,
        List<Label> labels) {
    private static final double EVEN = 0.5;
    private static final int LARGEST_CLASS = 10;

    public FittedTarget {
        classes = List.copyOf(classes);
        labels = List.copyOf(labels);
    }

    private FittedTarget(String column, Task task, List<String> classes, double mean, double deviation) {
        this(column, task, classes, mean, deviation, EVEN, List.of());
    }

    /**
     * The task that a target column asks for. Texts are classes. Numbers are classes when there are just two, and when they
     * are the whole numbers from 0 or 1 to {@value #LARGEST_CLASS} at most, without gaps; else they mean regression.
     */
    public static Task infer(Column column) {
        if (column instanceof NumberColumn numbers) {
            double[] different = Arrays.stream(numbers.values())
                    .filter(value -> !Double.isNaN(value))
                    .distinct()
                    .limit(LARGEST_CLASS + 2L)
                    .sorted()
                    .toArray();
            return different.length == 2 ? Task.BINARY : count(different) ? Task.MULTICLASS : Task.REGRESSION;
        }
        return distinct(column).size() == 2 ? Task.BINARY : Task.MULTICLASS;
    }

    /** Whether numbers in order are 0, 1, 2 and so on, or 1, 2, 3. */
    private static boolean count(double... numbers) {
        if (numbers.length < 3 || numbers[0] != 0 && numbers[0] != 1 || numbers[numbers.length - 1] > LARGEST_CLASS) {
            return false;
        }
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] != numbers[0] + i) {
                return false;
            }
        }
        return true;
    }

    /**
     * Learns from the target columns of the training rows: one, or several labels.
     *
     * @throws DataException as {@link #fit(Column, Task)}, and when a label does not have two values
     */
    public static FittedTarget fit(Rows train, List<String> columns, Task task) {
        if (task != Task.MULTILABEL) {
            return fit(train.column(columns.get(0)), task);
        }
        List<Label> labels =
                columns.stream().map(name -> Label.fit(train.column(name))).toList();
        return new FittedTarget(String.join(", ", columns), task, columns, 0, 1, EVEN, labels);
    }

    /**
     * Learns from the target values of the training rows.
     *
     * @throws DataException when values are missing, there is one class only, or the task does not fit the values
     */
    public static FittedTarget fit(Column column, Task task) {
        checkPresent(column);
        if (task == Task.REGRESSION) {
            if (!(column instanceof NumberColumn numbers)) {
                throw new DataException(
                        "E303",
                        "the target '" + column.name() + "' must hold numbers for regression. Received: text such as '"
                                + column.text(0) + "'");
            }
            double mean = Arrays.stream(numbers.values()).average().orElse(0);
            double variance = Arrays.stream(numbers.values())
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0);
            if (!(variance > 0)) {
                throw new DataException(
                        "E303",
                        "the target '" + column.name() + "' must vary. Received: " + column.text(0) + " in every row");
            }
            return new FittedTarget(column.name(), task, List.of(), mean, Math.sqrt(variance));
        }
        List<String> classes = distinct(column);
        if (classes.size() < 2) {
            throw new DataException(
                    "E303",
                    "the target '" + column.name() + "' must have two classes or more. Received: only '"
                            + String.join("", classes) + "'; choose another target or get rows of the other class");
        }
        if (task == Task.BINARY && classes.size() != 2) {
            throw new DataException(
                    "E303",
                    "a binary target has two classes. Received: " + classes.size() + " in '" + column.name()
                            + "'; use task: multiclass");
        }
        return new FittedTarget(column.name(), task, classes, 0, 1);
    }

    /** The names of the target columns. */
    public List<String> columns() {
        return labels.isEmpty()
                ? List.of(column)
                : labels.stream().map(Label::column).toList();
    }

    /** The same with decisions from another probability on. */
    public FittedTarget withThreshold(double threshold) {
        return new FittedTarget(column, task, classes, mean, deviation, threshold, labels);
    }

    /** The index of the class that is decided for these probabilities: of two by the threshold, else the likeliest. */
    public int decide(double... probabilities) {
        if (task == Task.BINARY) {
            return has(probabilities[1]) ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    /** Whether a row with this probability is positive, or has the label. */
    public boolean has(double probability) {
        return probability >= threshold;
    }

    /**
     * The known answers of rows.
     *
     * @return [rows][1] the class index or the number, or [rows][labels] 0 or 1
     */
    public double[][] known(Table rows) {
        double[][] known = new double[rows.rows()][columns().size()];
        for (int i = 0; i < columns().size(); i++) {
            double[] values = values(rows.column(columns().get(i)), i);
            for (int row = 0; row < known.length; row++) {
                known[row][i] = values[row];
            }
        }
        return known;
    }

    private double[] values(Column column, int label) {
        return switch (task) {
            case MULTILABEL -> labels.get(label).of(column);
            case REGRESSION -> ((NumberColumn) column).values();
            case BINARY, MULTICLASS ->
                Arrays.stream(classIndices(column)).asDoubleStream().toArray();
        };
    }

    /** The index of each row's class. */
    public long[] classIndices(Column values) {
        checkPresent(values);
        Vocabulary known = new Vocabulary(classes);
        long[] indices = new long[values.rows()];
        for (int row = 0; row < indices.length; row++) {
            indices[row] = index(known, values.text(row), row);
        }
        return indices;
    }

    private int index(Vocabulary known, String name, int row) {
        int index = known.placeOf(name);
        if (index < 0 && name.endsWith(".")) {
            index = known.placeOf(name.substring(0, name.length() - 1)); // the test file of "adult" ends labels so
        }
        if (index < 0) {
            throw new DataException(
                    "E305",
                    "row " + (row + 1) + " of '" + column + "' must be one of the classes " + classes + ". Received: '"
                            + name + "', which the training rows do not have");
        }
        return index;
    }

    /** Regression: each row's target with mean 0 and deviation 1. */
    public float[] scaled(Column values) {
        checkPresent(values);
        double[] numbers = ((NumberColumn) values).values();
        float[] scaled = new float[numbers.length];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = (float) ((numbers[row] - mean) / deviation);
        }
        return scaled;
    }

    /** Regression: a model's output on the target's own scale. */
    public double restore(double output) {
        return output * deviation + mean;
    }

    static List<String> distinct(Column column) {
        Comparator<String> order =
                column instanceof NumberColumn ? Comparator.comparing(Double::valueOf) : Comparator.naturalOrder();
        TreeSet<String> names = new TreeSet<>(order);
        for (int row = 0; row < column.rows(); row++) {
            if (!column.missing(row)) {
                names.add(Spelling.of(column.text(row)));
            }
        }
        return new ArrayList<>(names);
    }

    static void checkPresent(Column column) {
        int missing = 0;
        int first = -1;
        for (int row = 0; row < column.rows(); row++) {
            if (column.missing(row)) {
                missing++;
                first = first < 0 ? row : first;
            } else if (column instanceof NumberColumn numbers && Double.isInfinite(numbers.values()[row])) {
                throw new DataException(
                        "E304",
                        "the target '" + column.name() + "' must be finite. Received: " + numbers.values()[row]
                                + " in row " + (row + 1));
            }
        }
        if (missing > 0) {
            throw new DataException(
                    "E304",
                    "the target '" + column.name() + "' must be known in every row. Received: " + missing
                            + " rows without it, the first is row " + (first + 1) + "; remove these rows");
        }
    }

    /** The column's kind of answer, for messages: {@code "2 classes"} or {@code "a number"}. */
    public String describe() {
        return switch (task) {
            case REGRESSION -> "a number";
            case BINARY, MULTICLASS -> classes.size() + " classes";
            case MULTILABEL -> classes.size() + " labels";
        };
    }
}
