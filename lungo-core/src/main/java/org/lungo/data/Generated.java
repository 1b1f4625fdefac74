package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.tensor.Random;

/**
 * The data of the worked example: 1,000 rows of ten numbers, x1 to x10, and a label. A row comes from one of four groups,
 * with equal chance: in the first nothing is raised, in the second the first five numbers are, in the third the last five,
 * in the fourth all ten. Every number is normal around 0, or around 2.5 where it is raised, with deviation 1. The label is
 * "yes" for the second and third group, so that no straight line separates the classes: a linear model is right in half of
 * the rows or, by giving up one group, in three quarters. Every label is turned round with probability 0.05: no model can
 * be right more often than 95% of the time.
 */
public final class Generated {
    /** The location that names this data. */
    public static final String LOCATION = "generated:two-classes";

    private static final int ROWS = 1000;
    private static final int FEATURES = 10;
    private static final double FLIPPED = 0.05;
    private static final double RAISED = 2.5;
    private static final long SEED = 7;

    private Generated() {}

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= FEATURES; i++) {
            names.add("x" + i);
        }
        names.add("label");
        return names;
    }

    static List<List<String>> rows() {
        RandomGenerator random = Random.of(SEED).stream("generated").generator();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int group = random.nextInt(4);
            boolean positive = group == 1 || group == 2;
            double[] x = new double[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                boolean raised = (j < FEATURES / 2 ? group & 1 : group & 2) != 0;
                x[j] = random.nextGaussian() + (raised ? RAISED : 0);
            }
            List<String> row = new ArrayList<>();
            for (double value : x) {
                row.add(Double.toString(value));
            }
            row.add(positive ^ random.nextDouble() < FLIPPED ? "yes" : "no");
            rows.add(row);
        }
        return rows;
    }
}
