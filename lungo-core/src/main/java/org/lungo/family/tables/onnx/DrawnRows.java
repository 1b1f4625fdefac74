package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.DateParts;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.ScaledNumber;
import org.lungo.preprocess.Scaling;
import org.lungo.tensor.Random;

/** Rows made up from what a bundle learned: numbers and dates around the usual ones, known, unknown and missing values. */
public final class DrawnRows {
    private static final double MISSING = 0.1;
    private static final double UNKNOWN = 0.1;
    private static final double YEAR_SECONDS = DateParts.YEAR_DAYS * 86_400;

    private DrawnRows() {}

    /** {@code rows} rows with the columns of {@code table}. */
    public static Table of(FittedTable table, int rows, Random random) {
        RandomGenerator generator = random.generator();
        List<Column> columns = new ArrayList<>();
        for (Fitted fitted : table.columns()) {
            columns.add(ColumnExport.of(fitted).drawn(fitted, rows, generator));
        }
        return Table.of(columns);
    }

    /** Numbers around the usual ones. */
    static Column number(ScaledNumber number, int rows, RandomGenerator generator) {
        return numbers(number.column(), number.fill(), spread(number), rows, generator);
    }

    /** Dates around the middle of those in training. */
    static Column date(DateParts date, int rows, RandomGenerator generator) {
        return numbers(date.column(), date.middle(), 3 * YEAR_SECONDS, rows, generator);
    }

    /** Known and unknown categories. */
    static Column category(Fitted fitted, int rows, RandomGenerator generator) {
        List<String> known = fitted.known();
        return texts(fitted.column(), known == null ? List.of() : known, rows, generator);
    }

    private static double spread(ScaledNumber number) {
        Scaling scaling = number.scaling();
        return switch (scaling.kind()) {
            case STANDARD, ROBUST -> 2 * scaling.width();
            case MIN_MAX -> scaling.width() / 2;
            case QUANTILE -> (scaling.knots()[scaling.knots().length - 1] - scaling.knots()[0]) / 3;
            case NONE -> Math.max(1, Math.abs(number.fill()) / 3);
        };
    }

    private static Column numbers(String name, double middle, double spread, int rows, RandomGenerator generator) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            double value = middle + spread * generator.nextGaussian();
            values[row] = generator.nextDouble() < MISSING ? Double.NaN : value;
        }
        return new NumberColumn(name, values);
    }

    private static Column texts(String name, List<String> known, int rows, RandomGenerator generator) {
        @Nullable String[] values = new String[rows];
        for (int row = 0; row < rows; row++) {
            double kind = generator.nextDouble();
            if (kind >= MISSING) {
                boolean unknown = known.isEmpty() || kind < MISSING + UNKNOWN;
                values[row] =
                        unknown ? "unknown " + generator.nextInt(1000) : known.get(generator.nextInt(known.size()));
            }
        }
        return new TextColumn(name, values);
    }
}
