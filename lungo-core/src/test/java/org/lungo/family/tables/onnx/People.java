package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.tensor.Random;

/** A table with every kind of column, and rows that no training table has. */
final class People {
    static final Schema FEATURES = new Schema(List.of(
            new Field("age", Kind.NUMBER),
            new Field("plan", Kind.CATEGORY),
            new Field("born", Kind.DATE),
            new Field("children", Kind.NUMBER),
            new Field("city", Kind.CATEGORY),
            new Field("income", Kind.NUMBER),
            new Field("never", Kind.NUMBER),
            new Field("label", Kind.CATEGORY),
            new Field("nothing", Kind.CATEGORY),
            new Field("moved", Kind.DATE)));

    private static final double DAY = 86_400;

    private People() {}

    /** Rows as in training, with the columns that can be predicted. */
    static Table train(int rows) {
        RandomGenerator random = Random.of(1).generator();
        List<Column> columns = new ArrayList<>(features(rows, 0, random).columns());
        double[] number = new double[rows];
        @Nullable String[] two = new String[rows];
        @Nullable String[] three = new String[rows];
        for (int row = 0; row < rows; row++) {
            number[row] = 5000 + 300 * random.nextGaussian();
            two[row] = row % 3 == 0 ? "yes" : "no";
            three[row] = List.of("red", "green", "blue").get(row % 3);
        }
        columns.add(new NumberColumn("number", number));
        columns.add(new TextColumn("two", two));
        columns.add(new TextColumn("three", three));
        return Table.of(columns);
    }

    /**
     * Rows with missing, unknown and far values.
     *
     * @param far the size of the farthest numbers
     */
    static Table strange(int rows, double far) {
        return features(rows, far, Random.of(2).generator());
    }

    private static Table features(int rows, double far, RandomGenerator random) {
        double[] age = new double[rows];
        double[] children = new double[rows];
        double[] income = new double[rows];
        double[] never = new double[rows];
        double[] born = new double[rows];
        double[] moved = new double[rows];
        @Nullable String[] plan = new String[rows];
        @Nullable String[] city = new String[rows];
        @Nullable String[] label = new String[rows];
        @Nullable String[] nothing = new String[rows];
        for (int row = 0; row < rows; row++) {
            age[row] = row % 7 == 0 ? Double.NaN : 18 + random.nextInt(60) + random.nextDouble();
            children[row] = random.nextInt(5) * random.nextInt(2);
            income[row] = Math.exp(10 + random.nextGaussian());
            never[row] = far > 0 && row % 2 == 0 ? random.nextGaussian() : Double.NaN;
            born[row] = row % 11 == 0 ? Double.NaN : Math.rint((random.nextDouble() * 60 - 20) * 365 * DAY);
            moved[row] = 1.4e9 + random.nextDouble() * 3e8;
            plan[row] =
                    row % 13 == 0 ? null : List.of("gold", "silver", "basic").get(random.nextInt(3));
            city[row] = row % 17 == 0 ? null : "city " + random.nextInt(40);
            label[row] = List.of("é", "日本", "", "a \"quoted\" one").get(random.nextInt(4));
            if (far > 0) {
                surprise(row, far, random, age, income, children);
                born[row] = row % 5 == 0 ? Math.rint(-6e9 + random.nextDouble() * 1.6e10) : born[row];
                moved[row] = row % 19 == 0 ? Double.NaN : moved[row];
                plan[row] = row % 4 == 0 ? "unknown " + row : plan[row];
                city[row] = row % 6 == 0 ? "" : city[row];
                nothing[row] = row % 2 == 0 ? "something" : null;
            }
        }
        return Table.of(List.of(
                new NumberColumn("age", age),
                new TextColumn("plan", plan),
                new NumberColumn("born", born),
                new NumberColumn("children", children),
                new TextColumn("city", city),
                new NumberColumn("income", income),
                new NumberColumn("never", never),
                new TextColumn("label", label),
                new TextColumn("nothing", nothing),
                new NumberColumn("moved", moved)));
    }

    private static void surprise(int row, double far, RandomGenerator random, double[]... columns) {
        double[] column = columns[random.nextInt(columns.length)];
        column[row] = switch (row % 10) {
            case 0 -> far;
            case 1 -> -far;
            case 2 -> Double.MIN_VALUE;
            case 3 -> -0.0;
            case 4 -> Double.NaN;
            default -> column[row];
        };
    }
}
