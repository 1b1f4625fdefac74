package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.tensor.Random;

/**
 * The data of the worked example: 1,000 rows of ten numbers, x1 to x10, and a label. A row comes from one of four groups:
 * in the first (35% of the rows) nothing is raised, in the second (25%) the first five numbers are, in the third (25%) the
 * last five, in the fourth (15%) all ten. Every number is normal around 0, or around 2.5 where it is raised, with deviation
 * 1. The label is "yes" for the second and third group, so that no straight line separates the classes: a linear model does
 * best by giving up the fourth. Every label is turned round with probability 0.05: no model can be right more often than 95%
 * of the time.
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
            double chance = random.nextDouble();
            int group = chance < 0.35 ? 0 : chance < 0.6 ? 1 : chance < 0.85 ? 2 : 3;
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
