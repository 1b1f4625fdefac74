package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.lungo.data.Task;

/** Predictions for tests: random ones, and ones that decide given classes. */
final class Samples {
    private Samples() {}

    /** Probability 1 on each decided class. */
    static Predictions deciding(int classes, int[] targets, int[] decided) {
        double[][] scores = new double[targets.length][classes];
        double[][] truth = new double[targets.length][1];
        for (int row = 0; row < targets.length; row++) {
            scores[row][decided[row]] = 1;
            truth[row][0] = targets[row];
        }
        return new Predictions(classes == 2 ? Task.BINARY : Task.MULTICLASS, names(classes), scores, truth);
    }

    /** Rows whose score says something about the target; a coarse {@code grid} makes many ties. */
    static Predictions random(Task task, int rows, int width, int grid, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean single = task == Task.BINARY || task == Task.MULTICLASS;
        double[][] scores = new double[rows][width];
        double[][] targets = new double[rows][single ? 1 : width];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < targets[row].length; c++) {
                targets[row][c] =
                        task == Task.REGRESSION ? random.nextDouble() * 10 + 1 : random.nextInt(single ? width : 2);
            }
            for (int c = 0; c < width; c++) {
                double truth = single ? (targets[row][0] == c ? 1 : 0) : targets[row][c];
                scores[row][c] = Math.rint((0.3 * truth + 0.7 * random.nextDouble()) * grid) / grid;
            }
            if (single) {
                normalise(scores[row]);
            }
        }
        return new Predictions(task, names(width), scores, targets);
    }

    private static void normalise(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value + 0.01;
        }
        for (int c = 0; c < row.length; c++) {
            row[c] = (row[c] + 0.01) / sum;
        }
    }

    static List<String> names(int classes) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            names.add("class " + c);
        }
        return names;
    }
}
